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
}
