import Domain
import TestSupport
import VectorStore

/// Documents whose chunks are the bytes of their texts, as twin makes them.
enum WholeCorpus {
  static let count = 40

  /// Documents of all categories, two chunks each; the vectors are of unit length.
  static func all(model: EmbeddingModelInfo = Corpus.model, fingerprint: String = "f1") -> [DocumentReplacement] {
    var random = SeededGenerator(seed: 11)
    return (0..<count).map { number in
      replacement(number, model: model, fingerprint: fingerprint, random: &random)
    }
  }

  static func fill(_ store: VectorStore, model: EmbeddingModelInfo = Corpus.model) async throws {
    try await store.prepare(for: model)
    let outcome = try await store.replaceChunks(all(model: model))
    if let failure = outcome.failures.first { throw failure.value }
  }

  private static func replacement(
    _ number: Int, model: EmbeddingModelInfo, fingerprint: String, random: inout SeededGenerator
  ) -> DocumentReplacement {
    let pieces = ["Näme \(number) is said. ", "And \(number) more words."]
    let document = Corpus.document(
      "whole/\(number)", category: DataCategory.allCases[number % DataCategory.allCases.count], text: pieces.joined(),
      fingerprint: fingerprint)
    let vectors = pieces.map { _ in random.vector(model.dimension) }
    let chunks = Corpus.chunks(of: document, zip(pieces, vectors).map { (text: $0, vector: $1) }, model: model)
    return DocumentReplacement(document: document, chunks: chunks)
  }
}
