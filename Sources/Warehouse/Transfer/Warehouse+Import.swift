import Domain
import Foundation

extension Warehouse {
  /// Imports a file: our own export, mongoexport's JSON lines or array (extended JSON, version 1 or 2), or a raw-data
  /// file of the LLM Engineers Handbook.
  ///
  /// Identifiers are kept. A bad row is reported and does not end the import. Importing twice changes nothing.
  /// An author whom the users do not have becomes one of them, with the identifier and name that the documents give;
  /// the report counts rows only.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - collection: one of ``collections``; nil to tell it from the file's name, such as `articles.jsonl` or
  ///     `ArticleDocument.json`.
  /// - Throws: ``WarehouseError/unknownCollection(name:reason:)``, ``WarehouseError/cannotReadFile(path:reason:)``, or
  ///   what keeps the store from storing.
  public func importFile(_ path: String, collection: String? = nil) async throws -> ImportReport {
    // A misspelt path must not be taken for an odd name.
    try await fileThreads.run { _ = close(try openFile(path)) }
    let name = try collectionName(collection, path: path)
    if name == "users" {
      return try await importRows(of: path, to: userCollection) { _ in }
    }
    return try await importRows(
      of: path, to: DocumentCollection<RawDocument>(name: name, driver: driver), afterwards: addAuthors)
  }

  private func addAuthors(of documents: [RawDocument]) async throws {
    var seen: Set<Identifier> = []
    for document in documents where seen.insert(document.authorID).inserted {
      let named = User(fullName: document.authorFullName)
      if named.firstName.isEmpty { continue }
      let author = User(id: document.authorID, firstName: named.firstName, lastName: named.lastName)
      _ = try await userCollection.findOrInsert(author, matching: .where(.id, is: author.id))
    }
  }

  /// - Parameter afterwards: is given the documents of each batch that are in the store.
  private func importRows<D: Document>(
    of path: String, to collection: DocumentCollection<D>, afterwards: ([D]) async throws -> Void
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
        let batch = rows[first..<min(first + 200, rows.count)]
        try await afterwards(importBatch(batch, unit: unit, to: collection, &report))
      }
      if chunk.isEmpty { return report }
      offset += UInt64(chunk.count)
    }
  }

  private func importBatch<D: Document>(
    _ rows: ArraySlice<JSONRowScanner.Row>, unit: String, to collection: DocumentCollection<D>,
    _ report: inout ImportReport
  ) async throws -> [D] {
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
    var stored: [D] = []
    for (outcome, (row, document)) in zip(outcomes, documents) {
      report.add(outcome, of: row)
      if case .failed = outcome { continue }
      stored.append(document)
    }
    return stored
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

/// Up to one megabyte of a file; empty at its end.
private func readChunk(of path: String, from offset: UInt64) throws -> [UInt8] {
  let file = try openFile(path)
  defer { close(file) }
  return try [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
    var result = -1
    repeat {
      result = pread(file, buffer.baseAddress, buffer.count, off_t(clamping: offset))
    } while result < 0 && errno == EINTR
    guard result >= 0 else { throw WarehouseError.cannotReadFile(path: path, reason: systemReason(errno)) }
    count = result
  }
}

private func openFile(_ path: String) throws -> Int32 {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw WarehouseError.cannotReadFile(path: path, reason: systemReason(errno)) }
  return file
}
