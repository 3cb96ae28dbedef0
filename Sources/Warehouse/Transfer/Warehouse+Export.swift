import Domain
import Foundation

extension Warehouse {
  /// Writes each collection to `<folder>/<collection>.jsonl`, which ``importFile(_:collection:options:)`` and
  /// mongoimport read.
  ///
  /// Documents are written as they are stored, with fields that nobody here knows. A file is replaced only when it is
  /// complete and on the disk, and an export that ends early leaves nothing else behind. Equal warehouses give equal
  /// bytes. A collection whose name is not one of a collection, or whose documents cannot be told apart, is among the
  /// report's failures.
  ///
  /// - Throws: ``WarehouseError/cannotWriteFile(path:reason:)``, ``WarehouseError/unknownCollection(name:reason:)``, or
  ///   what keeps the store from answering.
  public func export(to folder: String, options: ExportOptions = ExportOptions()) async throws -> ExportReport {
    let names = try await collections(named: options.collections)
    try await fileThreads.run {
      do {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      } catch {
        throw WarehouseError.cannotWriteFile(path: folder, reason: systemReason(of: error))
      }
    }
    var report = ExportReport()
    for name in names {
      do {
        report.files.append(try await export(name, to: folder, options, &report.unreadable))
      } catch let error as WarehouseError where error.isAboutOneCollection {
        report.failures.append(FailedCollection(name: name, reason: error.description))
      }
    }
    return report
  }

  private func export(
    _ collection: String, to folder: String, _ options: ExportOptions, _ unreadable: inout [UnreadableDocument]
  ) async throws -> ExportedFile {
    // Before there is a file: only now it is known that the name, which is the server's, has no path in it.
    let driver = try await driver(forRaw: collection, for: .reading)
    let path = URL(fileURLWithPath: folder).appending(path: "\(collection).jsonl").path
    let file = try await fileThreads.run { try AtomicFile(path: path) }
    do {
      return try await write(collection, of: driver, to: file, options, &unreadable)
    } catch {
      file.abandon()
      throw error
    }
  }

  private func write(
    _ collection: String, of driver: any WarehouseDriver, to file: AtomicFile, _ options: ExportOptions,
    _ unreadable: inout [UnreadableDocument]
  ) async throws -> ExportedFile {
    var exported = ExportedFile(collection: collection, path: file.path, count: 0, bytes: 0)
    var progress = TransferProgress(activity: .exporting, collection: collection, completed: 0)
    progress.total = options.progress == nil ? nil : try await driver.count(.all([]), in: collection)
    let cursor = driver.cursor(Query(collection: collection))
    defer { cursor.close() }
    while let batch = try await cursor.next() {
      let lines = Lines(of: batch, collection: collection, format: options.format)
      try await fileThreads.run { try file.write(lines.bytes) }
      exported.count += lines.count
      exported.bytes += lines.bytes.count
      unreadable += lines.unreadable
      progress.completed = exported.count
      options.progress?(progress)
    }
    try await fileThreads.run { try file.commit() }
    return exported
  }
}

/// Documents as lines of extended JSON.
private struct Lines: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var count = 0
  private(set) var unreadable: [UnreadableDocument] = []

  init(of batch: RawBatch, collection: String, format: ExtendedJSONFormat) {
    batch.forEach { document in
      do {
        bytes += try extendedJSON(of: document, format: format)
        bytes.append(UInt8(ascii: "\n"))
        count += 1
      } catch {
        let id = (try? textIdentifier(of: document)) ?? "of an unknown identifier"
        unreadable.append(
          UnreadableDocument(
            collection: collection, id: Identifier(existing: id), reason: readableReason(of: error)))
      }
    }
  }
}
