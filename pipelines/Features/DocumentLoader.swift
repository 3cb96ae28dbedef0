/// Embeds documents, and loads them in the place of what an earlier version left; those that come at the same time
/// together, since a model that has many texts can pair those of one length, and a store writes many at once for little
/// more than one.
struct DocumentLoader: Sendable {
  private let model: EmbeddingModelInfo
  private let embed: Batcher<[String], [[Float]]>
  private let store: Batcher<DocumentReplacement, Void>

  init(vectors: VectorStore, embedder: any Embedder) {
    model = embedder.model
    embed = Batcher(isForAll: isAboutStore) { documents in
      var rest = try await embedder.embed(documents.flatMap { $0 })[...]
      return documents.map { texts in
        defer { rest = rest.dropFirst(texts.count) }
        return .success(Array(rest.prefix(texts.count)))
      }
    }
    store = Batcher(isForAll: isAboutStore) { replacements in
      let outcome = try await vectors.replaceChunks(replacements)
      StepContext.current.count(computed: outcome.documents, deleted: outcome.chunksDeleted)
      return replacements.map { replacement in
        outcome.failures[replacement.document.id].map { .failure($0) } ?? .success(())
      }
    }
  }

  /// Makes the vectors of a document's chunks, and stores all of it; counts it for the step that is running.
  func load(_ document: ChunkedDocument) async throws -> LoadedDocument {
    let made = try await embed(document.chunks.map(\.text))
    let chunks = zip(document.chunks, made).map { EmbeddedChunk(chunk: $0, vector: $1, model: model) }
    try await store(DocumentReplacement(document: document.document, chunks: chunks))
    StepContext.current.use("chunks", Double(chunks.count))
    var language = LanguageTally()
    language.add(document.document.text, declared: nil, category: document.document.category)
    return LoadedDocument(
      id: document.document.id, category: document.document.category, authorFullName: document.document.authorFullName,
      language: language, tokens: document.chunks.map(\.tokens), removals: document.removals)
  }
}
