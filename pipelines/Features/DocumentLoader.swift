/// Embeds documents, and loads them in the place of what an earlier version left.
struct DocumentLoader: Sendable {
  private let vectors: VectorStore
  private let batcher: EmbeddingBatcher
  private let model: EmbeddingModelInfo

  init(vectors: VectorStore, embedder: any Embedder) {
    self.vectors = vectors
    batcher = EmbeddingBatcher(embedder)
    model = embedder.model
  }

  /// Makes the vectors of a document's chunks, and stores all of it; counts it for the step that is running.
  func load(_ document: ChunkedDocument) async throws -> LoadedDocument {
    let made = try await batcher.embed(document.chunks.map(\.text))
    let outcome = try await vectors.replaceChunks(
      of: document.document,
      with: zip(document.chunks, made).map { EmbeddedChunk(chunk: $0, vector: $1, model: model) })
    var language = LanguageTally()
    language.add(document.document.text, declared: nil, category: document.document.category)
    StepContext.current.count(computed: 1, deleted: outcome.chunksDeleted)
    return LoadedDocument(
      id: document.document.id, category: document.document.category, authorFullName: document.document.authorFullName,
      language: language, tokens: document.chunks.map(\.tokens), chunksDeleted: outcome.chunksDeleted)
  }
}
