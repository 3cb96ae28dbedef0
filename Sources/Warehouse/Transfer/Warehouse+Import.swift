import Domain
import Foundation

extension Warehouse {
  /// Imports a file: our own export, mongoexport's JSON lines or array (extended JSON, version 1 or 2), or a raw-data
  /// file of the LLM Engineers Handbook.
  ///
  /// Identifiers are kept. A bad row is reported and does not end the import. Importing twice changes nothing.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - collection: one of ``collections``; nil to tell it from the file's name, such as `articles.jsonl` or
  ///     `ArticleDocument.json`.
  /// - Throws: ``WarehouseError/unknownCollection(name:reason:)``, ``WarehouseError/cannotReadFile(path:reason:)``, or
  ///   what keeps the store from storing.
  public func importFile(_ path: String, collection: String? = nil) async throws -> ImportReport {
    let name = try collectionName(collection, path: path)
    if name == "users" {
      return try await importRows(of: path, to: userCollection)
    }
    return try await importRows(of: path, to: DocumentCollection<RawDocument>(name: name, driver: driver))
  }

  private func importRows<D: Document>(
    of path: String, to collection: DocumentCollection<D>
  ) async throws -> ImportReport {
    var report = ImportReport(path: path, collection: collection.name)
    var scanner = JSONRowScanner()
    var offset: UInt64 = 0
    while true {
      let start = offset
      let chunk = try await fileThreads.run { try readChunk(of: path, from: start) }
      var rows = scanner.scan(chunk)
      if chunk.isEmpty, let last = scanner.finish() { rows.append(last) }
      let unit = scanner.isArray ? "element" : "line"
      // One chunk's rows may be thousands: they are stored in batches.
      for first in stride(from: 0, to: rows.count, by: 200) {
        try await importBatch(rows[first..<min(first + 200, rows.count)], unit: unit, to: collection, &report)
      }
      if chunk.isEmpty { return report }
      offset += UInt64(chunk.count)
    }
  }

  private func importBatch<D: Document>(
    _ rows: ArraySlice<JSONRowScanner.Row>, unit: String, to collection: DocumentCollection<D>,
    _ report: inout ImportReport
  ) async throws {
    var documents: [(row: String, document: D)] = []
    for row in rows {
      let place = "\(unit) \(row.number)"
      do {
        documents.append((place, try document(of: row, for: collection)))
      } catch {
        report.fail(place, reason: readableReason(of: error))
      }
    }
    let outcomes = try await collection.save(documents.map(\.document))
    for (outcome, (row, _)) in zip(outcomes, documents) { report.add(outcome, of: row) }
  }

  private func document<D: Document>(
    of row: JSONRowScanner.Row, for collection: DocumentCollection<D>
  ) throws -> D {
    guard let bytes = row.bytes else {
      throw BSONError.notJSON(reason: "it has more than \(JSONRowScanner.maximumRowBytes) bytes")
    }
    let document = try BSONDecoder.decode(
      D.self, from: BSONDocument(extendedJSON: bytes), context: D.decodingContext(collection: collection.name))
    guard document.collection == collection.name else {
      throw WarehouseError.unknownCollection(
        name: collection.name, reason: "the row says itself that it belongs to \(document.collection)")
    }
    return document
  }

  /// The collection that the user names, or that the file's name means.
  private func collectionName(_ name: String?, path: String) throws -> String {
    let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    let wanted = (name ?? stem).lowercased()
    if let collection = Self.collections.first(where: { $0 == wanted }) { return collection }
    if name == nil, let collection = handbookFiles[wanted] { return collection }
    let near = nearestName(to: wanted, in: Self.collections).map { ", did you mean \($0)" } ?? ""
    let known = Self.collections.joined(separator: ", ")
    throw WarehouseError.unknownCollection(
      name: name ?? stem,
      reason: name == nil
        ? "the name of \(path) does not tell what it holds; say --collection and one of \(known)"
        : "there are \(known)\(near)")
  }
}

/// The LLM Engineers Handbook names its files after its classes.
private let handbookFiles = [
  "userdocument": "users", "postdocument": "posts", "articledocument": "articles", "repositorydocument": "repositories",
]

/// Reads of files block too.
let fileThreads = BlockingExecutor(label: "twin.warehouse.files", threads: 1)

private func readChunk(of path: String, from offset: UInt64) throws -> [UInt8] {
  do {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    try file.seek(toOffset: offset)
    return Array(try file.read(upToCount: 1 << 20) ?? Data())
  } catch {
    throw WarehouseError.cannotReadFile(path: path, reason: error.localizedDescription)
  }
}
