import Domain
import Foundation

extension Warehouse {
  /// Writes each collection to `<folder>/<collection>.jsonl`, which ``importFile(_:collection:)`` and mongoimport read.
  ///
  /// A file is replaced only when it is complete and on the disk. Equal warehouses give equal bytes.
  ///
  /// - Throws: ``WarehouseError/cannotWriteFile(path:reason:)``, or what keeps the store from answering.
  public func export(to folder: String) async throws -> ExportReport {
    try await fileThreads.run {
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      } catch {
        throw WarehouseError.cannotWriteFile(path: folder, reason: systemReason(of: error))
      }
    }
    var report = ExportReport()
    try await export(userCollection, to: folder, &report)
    for name in Self.collections.dropFirst() {
      try await export(DocumentCollection<RawDocument>(name: name, driver: driver), to: folder, &report)
    }
    return report
  }

  private func export<D: Document>(
    _ collection: DocumentCollection<D>, to folder: String, _ report: inout ExportReport
  ) async throws {
    let path = URL(fileURLWithPath: folder).appending(path: "\(collection.name).jsonl").path
    let file = try await fileThreads.run { try AtomicFile(path: path) }
    do {
      report.files.append(try await write(collection, to: file, &report.unreadable))
    } catch {
      file.abandon()
      throw error
    }
  }

  private func write<D: Document>(
    _ collection: DocumentCollection<D>, to file: AtomicFile, _ unreadable: inout [UnreadableDocument]
  ) async throws -> ExportedFile {
    var exported = ExportedFile(collection: collection.name, path: file.path, count: 0, bytes: 0)
    for try await batch in collection.find().batches {
      let written = try await fileThreads.run {
        let lines = try batch.documents.flatMap { try BSONEncoder.document(of: $0).extendedJSON() + [newline] }
        try file.write(lines)
        return lines.count
      }
      exported.count += batch.documents.count
      exported.bytes += written
      unreadable += batch.unreadable
    }
    try await fileThreads.run { try file.commit() }
    return exported
  }
}

private let newline = UInt8(ascii: "\n")
