import Foundation

/// What imports of one configuration leave between runs, in a folder beside the records: how far each file has come, and
/// the rows that could not be imported.
public struct ImportShelf: Sendable {
  private let folder: URL

  /// - Parameter folder: its own folder, which is made when the first file is written.
  init(_ folder: URL) {
    self.folder = folder
  }

  /// Where it is kept how far a file has come.
  func checkpoint(of job: ImportJob) -> String? {
    if job.path == "-" { return nil }
    let name = ContentHash(ofParts: [job.path, job.collection]).hexadecimal.prefix(32)
    return folder.appending(path: "checkpoints/\(name).json").path
  }

  /// Forgets how far a file has come, now that all that is to be known of its rows is kept elsewhere.
  func removeCheckpoint(of job: ImportJob) {
    // What stays costs a look at the end of the file, and nothing else.
    if let path = checkpoint(of: job) { unlink(path) }
  }

  /// The files that say how far files have come, in no order.
  func checkpoints() -> [String] {
    let checkpoints = folder.appending(path: "checkpoints")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: checkpoints.path)) ?? []
    return names.map { checkpoints.appending(path: $0).path }
  }

  /// Keeps a row, durably.
  ///
  /// - Throws: `DataflowError.recordFailed`.
  func keep(_ row: KeptRow) throws {
    let path = path(of: row.item)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try makeFolder(rowFolder.path)
    try writeAtomically(try encoder.encode(row), to: path)
  }

  /// The row that an entry of the quarantine is about; nil if it is about something else.
  public func row(of entry: QuarantineEntry) -> KeptRow? {
    entry.pipeline == ImportPipeline.recordedName ? entry.item.flatMap(row) : nil
  }

  /// The row of a name; nil if there is none, or it was torn.
  func row(named item: String) -> KeptRow? {
    FileManager.default.contents(atPath: path(of: item)).flatMap { try? JSONDecoder().decode(KeptRow.self, from: $0) }
  }

  /// All rows that are kept, in no order.
  func rows() -> [KeptRow] {
    names().compactMap { name in
      FileManager.default.contents(atPath: rowFolder.appending(path: name).path)
        .flatMap { try? JSONDecoder().decode(KeptRow.self, from: $0) }
    }
  }

  /// Removes a row.
  func remove(_ item: String) {
    unlink(path(of: item))
  }

  /// Removes the rows whose entries are gone.
  func sweep(keeping items: Set<String>) {
    let kept = Set(items.map { URL(fileURLWithPath: path(of: $0)).lastPathComponent })
    for name in names() where !kept.contains(name) { unlink(rowFolder.appending(path: name).path) }
  }

  private var rowFolder: URL { folder.appending(path: "rows") }

  private func names() -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: rowFolder.path)) ?? []
  }

  private func path(of item: String) -> String {
    rowFolder.appending(path: "\(ContentHash(of: item).hexadecimal.prefix(32)).json").path
  }
}

extension Configuration {
  /// What imports leave between runs.
  public var importShelf: ImportShelf {
    ImportShelf(importFolder.appending(path: String(ContentHash(of: identity).hexadecimal.prefix(16))))
  }

  /// The same of every configuration that has its records in the same place.
  var importShelves: [ImportShelf] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: importFolder.path)) ?? []
    return names.sorted().map { ImportShelf(importFolder.appending(path: $0)) }
  }

  private var importFolder: URL { runStore.folder.appending(path: ".imports") }
}
