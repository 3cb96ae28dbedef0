import Domain
import Foundation
import Testing
import Tokenizers

@testable import Embedding

struct PrecisionTests {
  let reference: TinyBertReference

  init() throws { reference = try TinyBertReference.load() }

  private func embedder(_ precision: Precision) throws -> BertEmbedder {
    try BertEmbedder(folder: TinyBert.source.path, name: "tiny", precision: precision)
  }

  /// Tiny random weights are rounded more badly than trained ones; docs/embedding.md has the figures of a real model.
  @Test(arguments: [(Precision.bf16, 0.9995), (.int8, 0.99)])
  func `a smaller precision gives nearly the vectors of floats`(precision: Precision, least: Double) async throws {
    guard precision.isSupported else {
      let error = #expect(throws: EmbeddingError.self) { try embedder(precision) }
      #expect(error?.description.contains("no AVX512") == true)
      #expect(error?.description.contains("precision: f32") == true)
      return
    }
    let vectors = try await embedder(precision).embed(reference.texts.map(\.text))
    for (vector, expected) in zip(vectors, reference.texts) {
      #expect(cosine(vector, expected.vector) > least, "\(expected.text)")
      #expect(abs(cosine(vector, vector) - 1) < 1e-6)
    }
  }

  @Test func `vectors of different precisions are not those of the same model`() throws {
    let digests = try Precision.allCases.filter(\.isSupported).map { try embedder($0).model.digest }
    #expect(Set(digests).count == digests.count)
  }

  @Test func `a processor without the instructions of a precision is told so`() {
    let error = EmbeddingError.unsupportedPrecision(.bf16, missing: "AVX512-BF16")
    #expect(error.description.contains("bf16") && error.description.contains("no AVX512-BF16"))
    #expect(error.description.contains("precision: f32"))
  }

  @Test(arguments: Precision.allCases.filter(\.isSupported), [1, 2, 3, 7])
  func `a text's vector is the same however many threads share the products`(precision: Precision, threads: Int) throws
  {
    let tensors = try SafetensorsFile(path: TinyBert.source.path + "/model.safetensors")
    let configuration = try BertConfiguration(folder: TinyBert.source.path)
    let weights = try BertWeights(tensors, configuration: configuration)
    let peaks = weights.layers.map { _ in PackedLayer.Peaks(hidden: configuration.hiddenSize) }
    let encoder = BertEncoder(configuration: configuration, weights: weights, precision: precision, peaks: peaks)
    let texts: [[Int32]] = (1...8).map { length in (0..<Int32(3 * length)).map { $0 % 40 } }
    let alone = encoder.vectors(of: texts, ComputeQueue.Cancellation())
    let shared = encoder.vectors(of: texts, threads: threads, ComputeQueue.Cancellation())
    for (left, right) in zip(alone, shared) { #expect(difference(left, right) < 1e-5) }
    #expect(alone.count == shared.count)
  }
}
