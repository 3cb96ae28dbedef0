import Domain

/// One category of one of the two stores of a copy.
struct CopySide {
  let driver: any VectorStoreDriver
  let category: DataCategory
  let generation: Generation
  let model: EmbeddingModelInfo

  var cleaned: CollectionReference { .init(kind: .cleaned, category: category, generation: generation) }
  var embedded: CollectionReference { .init(kind: .embedded, category: category, generation: generation) }

  /// Complete documents that pass the filter.
  func documents(where filter: VectorFilter, from cursor: Identifier?) async throws -> Page<CleanedDocument> {
    try await driver.page(of: CleanedDocument.self, in: cleaned, where: filter, from: cursor)
  }

  /// All of the documents with these identifiers that are complete.
  func documents(_ ids: [Identifier]) async throws -> [Identifier: CleanedDocument] {
    var found: [Identifier: CleanedDocument] = [:]
    var cursor: Identifier?
    repeat {
      let page = try await documents(where: .identifier(anyOf: ids), from: cursor)
      for document in page.elements { found[document.id] = document }
      cursor = page.next
    } while cursor != nil
    return found
  }

  /// The chunks of documents, by document.
  func chunks(of ids: [Identifier]) async throws -> [Identifier: [ReadChunk]] {
    guard !ids.isEmpty else { return [:] }
    return Dictionary(grouping: try await readable.all(where: .documents(ids)), by: \.documentID)
  }

  /// All documents, or all chunks, in the order of their identifiers.
  var allDocuments: StoredSequence<CleanedDocument> {
    StoredSequence { [self] in try await documents(where: .everything, from: $0) }
  }
  var allChunks: StoredSequence<ReadChunk> {
    StoredSequence { [readable] in try await readable.page(where: .everything, from: $0) }
  }

  private var readable: ReadableChunks { ReadableChunks(driver: driver, collection: embedded, model: model) }
}
