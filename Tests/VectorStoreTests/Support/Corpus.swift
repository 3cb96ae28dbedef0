import Domain
import VectorStore

/// A small fixed corpus, whose vectors are made by hand so that it is plain which text is nearest to which.
enum Corpus {
  static let ada = User(fullName: "Ada Example")
  static let ben = User(fullName: "Ben Sample")
  static let model = EmbeddingModelInfo(name: "by-hand", digest: "1", dimension: 4, maximumTokens: 64)
  static let otherModel = EmbeddingModelInfo(name: "by-hand", digest: "2", dimension: 6, maximumTokens: 64)

  static func document(
    _ name: String, by author: User = ada, category: DataCategory = .articles, platform: String = "blog",
    text: String = "text", fingerprint: String = "f1"
  ) -> CleanedDocument {
    let raw = RawDocument(
      category: category, link: "https://example.org/\(name)", platform: platform, author: author, text: text)
    return CleanedDocument(of: raw, text: text, fingerprint: ContentHash(of: fingerprint))
  }

  /// Chunks of `document` with the given texts and vectors, one after the other.
  static func chunks(
    of document: CleanedDocument, _ pieces: [(text: String, vector: [Float])],
    model: EmbeddingModelInfo = model
  ) -> [EmbeddedChunk] {
    var start = 0
    return pieces.map { piece in
      let end = start + piece.text.utf8.count
      defer { start = end }
      let chunk = Chunk(
        of: document, text: piece.text, start: start, end: end, tokens: 3, headings: ["Part", "Section"],
        chunking: ChunkingMethod(strategy: "test", size: 1, overlap: 0), occurrence: 0)
      return EmbeddedChunk(chunk: chunk, vector: piece.vector, model: model)
    }
  }

  static func replacement(
    _ document: CleanedDocument, _ pieces: [(text: String, vector: [Float])]
  ) -> DocumentReplacement {
    DocumentReplacement(document: document, chunks: chunks(of: document, pieces))
  }

  /// Four documents of two authors: about bread, bees, ships and stars.
  static let all: [DocumentReplacement] = [
    replacement(
      document("bread"),
      [
        ("Sourdough bread rises overnight in the kitchen", [1, 0, 0, 0]),
        ("A warm oven makes the crust of a loaf", [0.9, 0.1, 0, 0]),
      ]),
    replacement(
      document("bees", platform: "medium"),
      [
        ("Honeybees dance to tell where nectar is", [0, 1, 0, 0]),
        ("Sourdough and honey taste well together", [0.6, 0.7, 0, 0]),
      ]),
    replacement(
      document("ships", by: ben), [("Sailing ships crossed the ocean without engines", [0, 0, 1, 0])]),
    replacement(
      document("stars", by: ben, category: .posts),
      [("Über den Sternen: naïve sailors steered by Polaris", [0, 0, 0.8, 0.6])]),
  ]

  /// Prepares a store and fills it.
  static func fill(_ store: VectorStore) async throws {
    try await store.prepare(for: model)
    let outcome = try await store.replaceChunks(all)
    if let failure = outcome.failures.first { throw failure.value }
  }
}
