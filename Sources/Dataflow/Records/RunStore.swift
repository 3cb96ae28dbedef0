public import Foundation

/// The records of runs, in a folder: `<run id>/run.json` and `<run id>/artifacts/<name>.json`.
public struct RunStore: Sendable {
  /// A folder in a store that holds no readable record, such as one that was torn or is none of ours.
  public struct Unreadable: Sendable, Hashable {
    /// The folder's name.
    public let name: String
    /// Why its record cannot be read.
    public let reason: String
  }

  /// Where the records are.
  public let folder: URL

  /// A store in a folder, which is made when the first record is written.
  public init(_ folder: URL) {
    self.folder = folder
  }

  /// All runs, the newest first, and what could not be read.
  public func list() -> (runs: [RunRecord], unreadable: [Unreadable]) {
    var runs: [RunRecord] = []
    var unreadable: [Unreadable] = []
    for name in folderNames() {
      do {
        runs.append(try read(name))
      } catch {
        unreadable.append(Unreadable(name: name, reason: errorText(error)))
      }
    }
    return (runs, unreadable)
  }

  /// The run whose id is, or alone begins with, `id`.
  ///
  /// - Throws: ``DataflowError/unknownRun(id:folder:)``, ``DataflowError/ambiguousRun(prefix:candidates:)``, or
  ///   ``DataflowError/recordUnreadable(path:reason:)``.
  public func load(_ id: String) throws -> RunRecord {
    let wanted = id.lowercased()
    let candidates = folderNames().filter { $0.hasPrefix(wanted) }
    guard !wanted.isEmpty, let first = candidates.first else {
      throw DataflowError.unknownRun(id: id, folder: folder.path)
    }
    if candidates.contains(wanted) { return try read(wanted) }
    guard candidates.count == 1 else { throw DataflowError.ambiguousRun(prefix: id, candidates: candidates) }
    return try read(first)
  }

  /// The folders in the store, the newest run first.
  private func folderNames() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { name in
      var isFolder = ObjCBool(false)
      return !name.hasPrefix(".") && FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder)
        && isFolder.boolValue
    }.sorted(by: >)
  }

  private func read(_ name: String) throws -> RunRecord {
    let path = path("\(name)/run.json")
    do {
      let record = try recordDecoder().decode(RunRecord.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
      guard record.schemaVersion <= RunRecord.currentSchemaVersion else {
        throw DataflowError.recordUnreadable(
          path: path, reason: "it has schema version \(record.schemaVersion), newer than this program")
      }
      return record
    } catch let error as DataflowError {
      throw error
    } catch {
      throw DataflowError.recordUnreadable(path: path, reason: errorText(error))
    }
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }
}

extension RunStore {
  /// Writes a record in the place of its earlier state.
  func write(_ record: RunRecord) throws {
    try makeFolder(path(record.runID))
    try writeAtomically(encoded { try record.json(pretty: true) }, to: path("\(record.runID)/run.json"))
    try synchronizeFolder(folder.path)
  }

  func write(_ artifact: ArtifactRecord, of run: RunRecord) throws {
    let file = artifactPath(artifact.name, run.runID)
    try makeFolder((file as NSString).deletingLastPathComponent)
    try writeAtomically(encoded { try recordEncoder(pretty: true).encode(artifact) }, to: file)
  }

  /// Gives each artifact its version after those of earlier runs, and a place if it has none.
  func number(_ artifacts: [ArtifactRecord], of run: RunRecord) throws -> [ArtifactRecord] {
    let earlier = folderNames().filter { $0 < run.runID }
    return artifacts.map { artifact in
      var artifact = artifact
      if artifact.uri == nil {
        artifact.uri = URL(fileURLWithPath: artifactPath(artifact.name, run.runID)).absoluteString
      }
      if let previous = newest(artifact.name, of: run.pipeline, in: earlier) {
        let isSame = previous.sha256 != nil && previous.sha256 == artifact.sha256
        artifact.version = previous.version + (isSame ? 0 : 1)
      }
      return artifact
    }
  }

  /// The newest earlier record of an artifact. A file that is torn or of another pipeline is passed over.
  private func newest(_ name: String, of pipeline: String, in runs: [String]) -> ArtifactRecord? {
    for run in runs {
      guard let data = FileManager.default.contents(atPath: artifactPath(name, run)) else { continue }
      let artifact = try? recordDecoder().decode(ArtifactRecord.self, from: data)
      if let artifact, artifact.pipeline == pipeline { return artifact }
    }
    return nil
  }

  private func artifactPath(_ name: String, _ run: String) -> String {
    path("\(run)/artifacts/\(fileName(of: name)).json")
  }

  private func encoded(_ encode: () throws -> Data) throws -> Data {
    do {
      return try encode()
    } catch {
      throw DataflowError.recordFailed(path: folder.path, reason: "a record cannot be encoded: \(errorText(error))")
    }
  }
}
