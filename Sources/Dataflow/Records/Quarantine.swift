public import Foundation

/// The items that failed and were put aside, in a folder: `<pipeline>/<id>.json`.
public struct Quarantine: Sendable {
  /// Where the entries are.
  public let folder: URL

  /// Whose entries they are, as ``QuarantineEntry/scope`` has it.
  private let scope: String

  /// A quarantine in a folder, which is made when the first item fails.
  ///
  /// - Parameter scope: what tells apart those who share the folder, such as the path of a configuration. A run settles
  ///   the entries of its own scope only.
  public init(_ folder: URL, scope: String = "") {
    self.folder = folder
    self.scope = QuarantineEntry.digest(ofScope: scope)
  }

  /// The entries of the scope, or of the whole folder for a quarantine without one; of one pipeline or of all, the one
  /// that failed last first. A torn file is passed over: the next run in which the item fails writes it anew.
  public func list(pipeline: String? = nil) -> [QuarantineEntry] {
    let pipelines = pipeline.map { [fileName(of: $0)] } ?? contents("").sorted()
    return pipelines.flatMap(entries).filter { scope.isEmpty || $0.scope == scope }
      .sorted { ($0.last, $0.id) > ($1.last, $1.id) }
  }

  /// The entry whose id is, or alone begins with, `id`; of the scope, or of the whole folder for a quarantine without
  /// one.
  ///
  /// - Throws: ``DataflowError/unknownRecord(_:named:folder:nearest:)`` or
  ///   ``DataflowError/ambiguousRecord(_:named:candidates:)``.
  public func find(_ id: String) throws -> QuarantineEntry {
    let wanted = id.lowercased()
    let candidates = list().filter { !wanted.isEmpty && $0.id.hasPrefix(wanted) }
    guard let first = candidates.first else {
      throw DataflowError.unknownRecord("quarantined item", named: id, folder: folder.path, nearest: nil)
    }
    guard candidates.count == 1 else {
      throw DataflowError.ambiguousRecord("quarantined items", named: id, candidates: candidates.map(\.id))
    }
    return first
  }

  /// Forgets an entry.
  public func remove(_ entry: QuarantineEntry) throws {
    let path = path(of: entry)
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw DataflowError.recordFailed(path: path, reason: systemReason(of: error))
    }
  }

  /// Keeps an entry in the place of the one of its identifier.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``.
  public func replace(_ entry: QuarantineEntry) throws {
    try write(entry)
  }

  /// Brings the scope's entries of a pipeline in line with a run that ended.
  ///
  /// Each failure is kept with the attempts of all runs. An entry goes when its step ran to its end and the item is not
  /// among the failures: it went well, or is no longer there.
  ///
  /// - Parameter recovered: the items that went well, by step, if the run was restricted: then only those go.
  /// - Returns: the run's failures with all attempts.
  func settle(_ run: RunRecord, recovered: [String: Set<String>]?) throws -> [Failure] {
    let own = list(pipeline: run.pipeline).filter { $0.scope == scope }
    let known = Dictionary(own.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var current: [String: QuarantineEntry] = [:]
    let failures = run.failures.map { failure in
      let id = QuarantineEntry.identifier(scope: scope, pipeline: run.pipeline, failure)
      var failure = failure
      failure.attempts += known[id]?.attempts ?? 0
      let now = run.ended ?? run.started
      current[id] = QuarantineEntry(
        id: id, scope: scope, pipeline: run.pipeline, step: failure.step, item: failure.item, parent: failure.parent,
        error: failure.error, attempts: failure.attempts, first: known[id]?.first ?? now,
        last: now, next: failure.nextTry)
      return failure
    }
    for entry in current.values { try write(entry) }
    let ended = Set(run.steps.filter { $0.status == .computed || $0.status == .cached }.map(\.name))
    for entry in known.values where current[entry.id] == nil && ended.contains(entry.step) {
      guard let recovered, let item = entry.item else {
        try remove(entry)
        continue
      }
      if recovered[entry.step]?.contains(item) == true { try remove(entry) }
    }
    return failures
  }

  private func write(_ entry: QuarantineEntry) throws {
    let path = path(of: entry)
    try makeFolder((path as NSString).deletingLastPathComponent)
    let data: Data
    do {
      data = try recordEncoder(pretty: true).encode(entry)
    } catch {
      throw DataflowError.recordFailed(path: path, reason: "an entry cannot be encoded: \(errorText(error))")
    }
    try writeAtomically(data, to: path)
  }

  private func entries(in pipeline: String) -> [QuarantineEntry] {
    contents(pipeline).filter { $0.hasSuffix(".json") }.compactMap { name in
      FileManager.default.contents(atPath: folder.appending(path: "\(pipeline)/\(name)").path)
        .flatMap { try? recordDecoder().decode(QuarantineEntry.self, from: $0) }
    }
  }

  private func contents(_ name: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path)) ?? []
  }

  private func path(of entry: QuarantineEntry) -> String {
    folder.appending(path: "\(fileName(of: entry.pipeline))/\(entry.id).json").path
  }
}
