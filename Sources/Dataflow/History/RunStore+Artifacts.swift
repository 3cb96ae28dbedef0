import Foundation

extension RunStore {
  /// The versions of artifacts, the newest first, each as the newest run that recorded it has it.
  ///
  /// - Parameters:
  ///   - name: of which artifact; nil for all.
  ///   - pipeline: whose artifacts; nil for those of all pipelines.
  public func artifacts(name: String? = nil, pipeline: String? = nil) -> [ArtifactRecord] {
    var seen: Set<Version> = []
    var versions: [ArtifactRecord] = []
    for run in entryNames() {
      for artifact in artifacts(in: run, name: name) where pipeline == nil || artifact.pipeline == pipeline {
        let version = Version(pipeline: artifact.pipeline, name: artifact.name, number: artifact.version)
        if seen.insert(version).inserted { versions.append(artifact) }
      }
    }
    return versions
  }

  /// The artifact that a text names: `NAME` for its newest version, `NAME@VERSION`, or the beginning of an id.
  ///
  /// - Parameter pipeline: whose artifact; nil for any pipeline's.
  /// - Throws: ``DataflowError/unknownRecord(_:named:folder:nearest:)``, or
  ///   ``DataflowError/ambiguousRecord(_:named:candidates:)`` if several pipelines have one of that name, or several ids
  ///   begin so.
  public func artifact(named text: String, pipeline: String? = nil) throws -> ArtifactRecord {
    let all = artifacts(pipeline: pipeline)
    let (name, version) = splitVersion(text)
    let exact = all.filter { $0.name == text }
    let named = exact.isEmpty ? all.filter { $0.name == name && (version == nil || $0.version == version) } : exact
    if let first = named.first {
      let pipelines = Set(named.map(\.pipeline)).sorted()
      guard pipelines.count == 1 else {
        throw DataflowError.ambiguousRecord(
          "artifacts", named: text, candidates: pipelines.map { "that of pipeline \($0)" })
      }
      return first
    }
    return try identified(text, name: name, among: all)
  }

  /// What an artifact was made from, directly and through others, each once, the nearest first. What was pruned since is
  /// not among it.
  public func producers(of artifact: ArtifactRecord) -> [ArtifactRecord] {
    // Nearly always all are in the run's own record; the rest of the store is read when one is not.
    var known = byIdentifier(artifacts(in: artifact.runID, name: nil))
    var hasReadAll = false
    var found: [ArtifactRecord] = []
    var seen: Set = [artifact.id]
    var next = [artifact]
    while !next.isEmpty {
      let wanted = next.flatMap { $0.inputs.sorted { $0.key < $1.key }.map(\.value) }.filter {
        seen.insert($0).inserted
      }
      if !hasReadAll, wanted.contains(where: { known[$0] == nil }) {
        known.merge(byIdentifier(artifacts())) { own, _ in own }
        hasReadAll = true
      }
      next = wanted.compactMap { known[$0] }
      found += next
    }
    return found
  }

  private func identified(_ text: String, name: String, among all: [ArtifactRecord]) throws -> ArtifactRecord {
    let prefix = text.lowercased()
    let fitting = prefix.isEmpty ? [] : all.filter { $0.id.hasPrefix(prefix) }
    guard let first = fitting.first else {
      throw DataflowError.unknownRecord(
        "artifact", named: text, folder: folder.path, nearest: nearestName(to: name, in: Set(all.map(\.name)).sorted()))
    }
    let identifiers = Set(fitting.map(\.id)).sorted()
    guard identifiers.count == 1 else {
      throw DataflowError.ambiguousRecord("artifacts", named: text, candidates: identifiers)
    }
    return first
  }

  /// The records of a run's artifacts. Torn ones are passed over.
  private func artifacts(in run: String, name: String?) -> [ArtifactRecord] {
    if let name { return artifact(name, in: run).map { [$0] } ?? [] }
    let folder = path("\(run)/artifacts")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".json") }.sorted().compactMap { file in
      FileManager.default.contents(atPath: "\(folder)/\(file)")
        .flatMap { try? recordDecoder().decode(ArtifactRecord.self, from: $0) }
    }
  }
}

/// One version of an artifact.
private struct Version: Hashable {
  var pipeline: String
  var name: String
  var number: Int
}

private func byIdentifier(_ artifacts: [ArtifactRecord]) -> [String: ArtifactRecord] {
  Dictionary(artifacts.map { ($0.id, $0) }, uniquingKeysWith: { newest, _ in newest })
}

/// `NAME@VERSION` in its parts; all of it is the name if no number follows the last `@`.
private func splitVersion(_ text: String) -> (name: String, version: Int?) {
  guard let mark = text.lastIndex(of: "@"), let version = Int(text[text.index(after: mark)...]) else {
    return (text, nil)
  }
  return (String(text[..<mark]), version)
}
