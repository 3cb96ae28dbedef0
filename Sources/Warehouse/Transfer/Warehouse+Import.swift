import Domain
import Foundation

extension Warehouse {
  /// Imports a file: our own export, mongoexport's JSON lines or array (extended JSON, version 1 or 2), or a raw-data
  /// file of the LLM Engineers Handbook.
  ///
  /// Identifiers are kept. A bad row is reported and does not end the import. Importing twice changes nothing. The file
  /// is read piece by piece, so that it does not matter how long it is.
  ///
  /// Rows of the warehouse's own ``collections`` are checked, and an author whom the users do not have becomes one of
  /// them, with the identifier and name that the documents give; the report counts rows only, and notes an author who
  /// cannot. Rows of other collections are stored as they are, each in the place of the document of its `_id`.
  ///
  /// - Parameters:
  ///   - path: the file; `-` for standard input.
  ///   - collection: where the rows go; nil to tell it from the file's name, such as `articles.jsonl` or
  ///     `ArticleDocument.json`.
  /// - Throws: ``WarehouseError/unknownCollection(name:reason:)``, ``WarehouseError/cannotReadFile(path:reason:)``,
  ///   ``WarehouseError/cannotWriteFile(path:reason:)`` for the checkpoint, or what keeps the store from storing.
  public func importFile(
    _ path: String, collection: String? = nil, options: ImportOptions = ImportOptions()
  ) async throws -> ImportReport {
    let name = try await importedCollection(collection, path: path)
    let file = try await fileThreads.run { try InputFile(path) }
    let source = try await fileThreads.run { try ImportCheckpoint.Source(file) }
    var imported = FileImport(
      file: file, rows: try await rows(of: name), report: ImportReport(path: file.path, collection: name),
      options: options)
    if let path = options.checkpoint, let source {
      try await imported.resume(at: path, source: source, warehouse: try await information().location)
    }
    return try await imported.run()
  }

  /// The collection that a file is imported to: the one that the user names, or that the file's name means.
  ///
  /// A collection that is not there yet must be named, and not nearly like one that is.
  ///
  /// - Throws: ``WarehouseError/cannotReadFile(path:reason:)`` if the file cannot be opened;
  ///   ``WarehouseError/unknownCollection(name:reason:)``.
  public func importedCollection(_ name: String?, path: String) async throws -> String {
    // A misspelt path must not be taken for an odd name.
    _ = try await fileThreads.run { try InputFile(path) }
    let stem = path == "-" ? "" : URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    let wanted = name ?? stem
    if let own = Self.collections.first(where: { $0 == wanted.lowercased() }) { return own }
    if name == nil, let own = handbookFiles[wanted.lowercased()] { return own }
    let others = try await driver.collectionNames()
    if others.contains(wanted) { return wanted }
    let known = Self.collections + others.filter { !Self.collections.contains($0) }.sorted()
    let list = "it can be \(known.joined(separator: ", "))"
    if let name {
      // One of somebody's own, unless it looks like a slip.
      guard let near = nearestName(to: name, in: known) else {
        // What the store has against the name is said before anything is imported.
        _ = try await driver(forRaw: name, for: .reading)
        return name
      }
      throw WarehouseError.unknownCollection(name: name, reason: "did you mean \(near)? \(list)")
    }
    let near = nearestName(to: wanted, in: known).map { "did you mean \($0)? Else " } ?? ""
    throw WarehouseError.unknownCollection(
      name: path == "-" ? "of \(InputFile.standardInput)" : wanted,
      reason: "\(near)say with --collection what \(path == "-" ? InputFile.standardInput : path) holds; \(list)")
  }

  /// Imports one row that failed before.
  ///
  /// - Parameters:
  ///   - content: the row: one document of extended JSON.
  ///   - collection: where it goes.
  /// - Returns: what became of it; ``SaveOutcome/failed(_:)`` if it still cannot be stored.
  /// - Throws: what is wrong with the row, or what keeps the store from storing.
  public func importRow(_ content: [UInt8], to collection: String) async throws -> SaveOutcome {
    switch try await rows(of: collection).store([content]).outcomes.first {
    case .stored(let outcome): return outcome
    case .bad(let reason): throw WarehouseError.unusableRow(reason: reason)
    case nil: return .unchanged
    }
  }

  private func rows(of collection: String) async throws -> any RowStoring {
    if collection == User.collection { return TypedRows(collection: userCollection) }
    guard let category = DataCategory(rawValue: collection) else {
      return UntypedRows(driver: try await driver(forRaw: collection), collection: collection)
    }
    return TypedRows(collection: self.collection(category)) { document in
      document.category == category
        ? nil : "the row says itself that it belongs to \(document.category.rawValue)"
    } afterwards: {
      try await addAuthors(of: $0)
    }
  }

  /// - Returns: what is wrong with users, which is no failure of the documents.
  private func addAuthors(of documents: [RawDocument]) async throws -> [String] {
    var notes: [String] = []
    var seen: Set<Identifier> = []
    for document in documents where seen.insert(document.authorID).inserted {
      let named = User(fullName: document.authorFullName)
      if named.firstName.isEmpty { continue }
      let author = User(id: document.authorID, firstName: named.firstName, lastName: named.lastName)
      do {
        _ = try await userCollection.findOrInsert(author, matching: .id == author.id)
      } catch let error as WarehouseError where error.isAboutOneDocument {
        notes.append("\(author.fullName) is not made a user: \(error)")
      }
    }
    return notes
  }
}

/// The LLM Engineers Handbook names its files after its classes.
private let handbookFiles = [
  "userdocument": "users", "postdocument": "posts", "articledocument": "articles", "repositorydocument": "repositories",
]

/// Reads and writes of files block too.
let fileThreads = BlockingExecutor(label: "twin.warehouse.files", threads: 2)
