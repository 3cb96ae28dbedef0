public import Domain

/// The documents of one kind and category in a store: what ``VectorStore/collection(_:of:)`` gives.
///
/// ```swift
/// let chunks = store.collection(EmbeddedChunk.self, of: .articles)
/// for try await chunk in chunks.documents(where: .author(ada.id) && .platform("medium")) { … }
/// ```
/// It reads and writes what searches find; while the model is changed, what is written goes to the collections that
/// ``VectorStore/prepare(for:)`` made.
public struct VectorCollection<Document: VectorDocument>: Sendable {
  let store: VectorStore
  /// What kind of writing its documents are.
  public let category: DataCategory

  /// The name of the collection, with the store's prefix.
  public var name: String { Document.kind.collection(of: category, prefix: store.driver.prefix) }

  private var reference: CollectionReference { CollectionReference(kind: Document.kind, category: category) }

  /// Stores documents by themselves, in the place of those with the same identifiers: a document does without its chunks
  /// and chunks without their document. ``VectorStore/replaceChunks(_:)`` keeps both together.
  ///
  /// - Throws: ``VectorStoreError``: nothing is stored if one document cannot be, or is of another category.
  public func upsert(_ documents: [Document]) async throws {
    let (generation, models) = try await store.session.writing()
    guard let model = models[category] else {
      throw VectorStoreError.notPrepared(store: store.location, category: category)
    }
    let checked = try documents.map { document in
      guard document.category == category else {
        throw VectorStoreError.unusableDocument(
          id: document.id, reason: "it is one of the \(document.category.rawValue) and not of the \(category.rawValue)")
      }
      return try store.checked(document, model: model)
    }
    var reference = reference
    reference.generation = generation
    try await store.driver.upsert(checked, into: reference)
  }

  /// The documents with these identifiers, in no particular order; those that are not stored are left out.
  public func find(_ ids: some Sequence<Identifier>) async throws -> [Document] {
    var found: [Document] = []
    for try await document in documents(where: .identifier(anyOf: Array(ids))) { found.append(document) }
    return found
  }

  /// The document with this identifier; nil if it is not stored.
  public func find(_ id: Identifier) async throws -> Document? {
    try await find([id]).first
  }

  /// What passes the filter in the order of the identifiers, read page by page as it is asked for; cleaned documents whose
  /// replacement or deletion was interrupted are left out.
  public func documents(where filter: VectorFilter = .everything) -> StoredSequence<Document> {
    let (driver, reference) = (store.driver, reference)
    return StoredSequence { try await driver.page(of: Document.self, in: reference, where: filter, from: $0) }
  }

  /// How many pass the filter.
  public func count(where filter: VectorFilter = .everything) async throws -> Int {
    try await store.driver.count(where: filter, in: reference)
  }

  /// How many of those that pass the filter have each value of a field.
  public func counts(by field: VectorField, where filter: VectorFilter = .everything) async throws -> [String: Int] {
    try await store.driver.counts(by: field, where: filter, in: reference)
  }

  /// Deletes what passes the filter: documents without their chunks, chunks without their document.
  /// ``VectorStore/delete(documents:in:)`` deletes both.
  ///
  /// While the model is changed, what passes it among what the change has made is deleted, too, so that nothing of it
  /// comes back with ``VectorStore/activate()``. Which chunks say the same is not known there yet.
  /// - Returns: how many of those that searches find there were.
  @discardableResult
  public func delete(where filter: VectorFilter) async throws -> Int {
    if try await store.driver.models().pending[category] != nil {
      var pending = reference
      pending.generation = .pending
      _ = try await store.driver.delete(where: filter, from: pending)
    }
    return try await store.driver.delete(where: filter, from: reference)
  }
}

extension VectorStore {
  /// The documents of one kind and category.
  public func collection<Document: VectorDocument>(
    _ type: Document.Type, of category: DataCategory
  ) -> VectorCollection<Document> {
    VectorCollection(store: self, category: category)
  }

  /// The document as it is stored.
  ///
  /// - Throws: ``VectorStoreError`` if it cannot be.
  fileprivate func checked<Document: VectorDocument>(
    _ document: Document, model: EmbeddingModelInfo
  ) throws -> Document {
    if let document = document as? CleanedDocument { try check(document) }
    if let chunk = document as? EmbeddedChunk, let checked = try checked(chunk, model: model) as? Document {
      return checked
    }
    return document
  }
}
