import Foundation

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
    let newest = newestArtifacts(Set(artifacts.map(\.name)), of: run.pipeline, before: run.runID)
    return artifacts.map { artifact in
      var artifact = artifact
      if artifact.uri == nil {
        artifact.uri = URL(fileURLWithPath: artifactPath(artifact.name, run.runID)).absoluteString
      }
      if let previous = newest[artifact.name] {
        let isSame = previous.sha256 != nil && previous.sha256 == artifact.sha256
        artifact.version = previous.version + (isSame ? 0 : 1)
      }
      return artifact
    }
  }

  /// The newest earlier record of each artifact, found in one pass over the runs that ends with the last of them.
  private func newestArtifacts(
    _ names: Set<String>, of pipeline: String, before run: String
  ) -> [String: ArtifactRecord] {
    var newest: [String: ArtifactRecord] = [:]
    var missing = names
    for earlier in entryNames() where earlier < run {
      if missing.isEmpty { break }
      for name in missing {
        guard let artifact = artifact(name, in: earlier), artifact.pipeline == pipeline else { continue }
        newest[name] = artifact
        missing.remove(name)
      }
    }
    return newest
  }

  /// The record of an artifact in a run's folder; nil if there is none, or it is torn.
  func artifact(_ name: String, in run: String) -> ArtifactRecord? {
    FileManager.default.contents(atPath: artifactPath(name, run))
      .flatMap { try? recordDecoder().decode(ArtifactRecord.self, from: $0) }
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
