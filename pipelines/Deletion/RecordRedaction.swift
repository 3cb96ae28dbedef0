import Foundation

/// Takes names and links out of the records of runs, which stay otherwise: what ran, when, and how many items it had.
struct RecordRedaction {
  let store: RunStore
  let redaction: Redaction

  /// The files of the records that mention what is to go. A run that is under way writes its own record and is left out.
  func files() -> [String] {
    let running = Set(store.list().runs.filter { $0.status == .running }.map(\.runID))
    return jsonFiles().filter { path in
      guard !running.contains(where: { path.contains("/\($0)/") }), let value = jsonValue(at: path) else {
        return false
      }
      return redaction.isMentioned(in: value)
    }
  }

  /// Replaces the files.
  ///
  /// - Throws: `DataflowError.recordFailed`; doing it again goes on.
  func perform(on files: [String]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    for path in files {
      guard let value = jsonValue(at: path) else { continue }
      try writeAtomically(try encoder.encode(redaction.redacted(value)), to: path)
    }
  }

  private func jsonFiles() -> [String] {
    let folder = store.folder
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().flatMap { run -> [String] in
      let artifacts = folder.appending(path: "\(run)/artifacts")
      let found = (try? FileManager.default.contentsOfDirectory(atPath: artifacts.path)) ?? []
      return [folder.appending(path: "\(run)/run.json").path]
        + found.filter { $0.hasSuffix(".json") }.sorted().map { artifacts.appending(path: $0).path }
    }
  }
}

/// What a file of JSON has; nil if it has none, or is not there.
func jsonValue(at path: String) -> JSONValue? {
  FileManager.default.contents(atPath: path).flatMap { try? JSONDecoder().decode(JSONValue.self, from: $0) }
}
