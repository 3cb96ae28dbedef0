import Domain
import Embedding
import Foundation
import Testing

private let modelsFolder = EmbeddingModels.folder(environment: ProcessInfo.processInfo.environment)
private let isInstalled = FileManager.default.fileExists(
  atPath: modelsFolder + "/\(EmbeddingModels.miniLM)/model.safetensors")

/// The real model, where `scripts/setup` has installed it.
@Suite(.enabled(if: isInstalled, "all-MiniLM-L6-v2 is not installed; run scripts/setup"))
struct MiniLMTests {
  /// What numpy computed; written by `Fixtures/make_fixtures.py`.
  private struct Reference: Decodable {
    var texts: [String]
    var beginnings: [[Float]]
    var cosines: [[Double]]
  }

  @Test func `vectors are those that numpy computes from the installed weights`() async throws {
    let url = TinyBert.source.deletingLastPathComponent().appending(path: "minilm.json")
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
    let embedder = try EmbeddingModels.makeEmbedder(name: EmbeddingModels.miniLM, modelsFolder: modelsFolder)
    #expect(embedder.model.dimension == 384 && embedder.model.maximumTokens == 256)
    let vectors = try await embedder.embed(reference.texts)
    for (vector, beginning) in zip(vectors, reference.beginnings) {
      #expect(difference(Array(vector.prefix(beginning.count)), beginning) < 1e-6)
    }
    for (left, row) in zip(vectors, reference.cosines) {
      for (right, expected) in zip(vectors, row) { #expect(abs(cosine(left, right) - expected) < 1e-6) }
    }
  }

  @Test(arguments: [(Precision.bf16, 0.9999), (.int8, 0.999)])
  func `a smaller precision is as near as the documentation says`(precision: Precision, least: Double) async throws {
    guard precision.isSupported else { return }
    let texts = paragraphs
    func vectors(_ precision: Precision) async throws -> [[Float]] {
      try await EmbeddingModels.makeEmbedder(
        name: EmbeddingModels.miniLM, modelsFolder: modelsFolder, precision: precision
      ).embed(texts)
    }
    for (vector, exact) in zip(try await vectors(precision), try await vectors(.f32)) {
      #expect(cosine(vector, exact) > least)
    }
  }

  /// Paragraphs of some length: single words are the hardest to round, and nobody looks for them by meaning.
  private let paragraphs = [
    "Ada Lovelace wrote the notes on the Analytical Engine in 1843, and among them the first program ever printed.",
    "Sourdough needs a long, cool fermentation: mix the dough in the evening, fold it twice, and bake it at noon.",
    "To restart the service run `systemctl restart twin` and look into the journal; the port is 8080 unless it is set.",
    "The committee met on Tuesday to discuss the budget, the new library, and what to do about the leaking roof.",
  ]
}
