import Domain
import Foundation

extension Warehouse {
  /// Writes each collection to `<folder>/<collection>.jsonl`, which ``importFile(_:collection:options:)`` and
  /// mongoimport read.
  ///
  /// Documents are written as they are stored, with fields that nobody here knows. A file is replaced only when it is
  /// complete and on the disk, and an export that ends early leaves nothing else behind. Equal warehouses give equal
  /// bytes. A document that cannot be read is counted and named with its file. A collection whose name is not one of a
  /// collection, whose documents cannot be told apart, or that has none where an earlier export had some, is among the
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
        report.files.append(try await export(name, to: folder, options))
      } catch let error as WarehouseError where error.isAboutOneCollection {
        report.failures.append(FailedCollection(name: name, reason: error.description))
      }
    }
    return report
  }

  private func export(
    _ collection: String, to folder: String, _ options: ExportOptions
  ) async throws -> ExportedFile {
    // Before there is a file: only now it is known that the name, which is the server's, has no path in it.
    let driver = try await driver(forRaw: collection, for: .reading)
    let path = URL(fileURLWithPath: folder).appending(path: "\(collection).jsonl").path
    let file = try await fileThreads.run { try AtomicFile(path: path) }
    do {
      return try await write(collection, of: driver, to: file, options)
    } catch {
      file.abandon()
      throw error
    }
  }

  private func write(
    _ collection: String, of driver: any WarehouseDriver, to file: AtomicFile, _ options: ExportOptions
  ) async throws -> ExportedFile {
    var exported = ExportedFile(collection: collection, path: file.path)
    var progress = TransferProgress(activity: .exporting, collection: collection, completed: 0)
    progress.total = options.progress == nil ? nil : try await driver.count(.all([]), in: collection)
    let cursor = driver.cursor(Query(collection: collection))
    defer { cursor.close() }
    while let batch = try await cursor.next() {
      let lines = Lines(of: batch, format: options.format)
      try await fileThreads.run { try file.write(lines.bytes) }
      exported.count += lines.count
      exported.bytes += lines.bytes.count
      for document in lines.failures { exported.fail(document) }
      progress.completed = exported.count
      options.progress?(progress)
    }
    try await fileThreads.run { [exported] in
      // An empty store where there were documents is more often the wrong one than meant.
      if exported.count == 0, file.replacesContent {
        throw WarehouseError.replacesDocuments(collection: collection, path: file.path)
      }
      try file.commit()
    }
    return exported
  }
}

/// Documents as lines of extended JSON.
private struct Lines: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var count = 0
  private(set) var failures: [FailedDocument]

  init(of batch: RawBatch, format: ExtendedJSONFormat) {
    failures = batch.unreadable.map { FailedDocument(id: $0.storedID, reason: $0.reason) }
    batch.forEach { document in
      do {
        bytes += try extendedJSON(of: document, format: format)
        bytes.append(UInt8(ascii: "\n"))
        count += 1
      } catch {
        let id = (try? textIdentifier(of: document)) ?? "of an unknown identifier"
        failures.append(FailedDocument(id: id, reason: readableReason(of: error)))
      }
    }
  }
}
