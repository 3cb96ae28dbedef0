import Domain
import Embedding
import Foundation
import TestSupport
import Testing
import Tokenizers

/// What the files beside the weights say: pooling, prefixes, limits.
struct SentenceConfigurationTests {
  private struct Reference: Decodable {
    var text: String
    var vector: [Float]
  }

  private let model: TinyBert

  init() throws { model = try TinyBert() }

  private func embedder(name: String = "tiny", prefixes: EmbeddingPrefixes = EmbeddingPrefixes()) throws -> BertEmbedder
  {
    try BertEmbedder(folder: model.folder, name: name, overLimit: .truncate, prefixes: prefixes)
  }

  @Test func `the first token's vector is taken where the pooling says so`() async throws {
    let fixtures = TinyBert.source.deletingLastPathComponent()
    let data = try Data(contentsOf: fixtures.appending(path: "tiny-cls.json"))
    let reference = try JSONDecoder().decode([Reference].self, from: data)
    let embedder = try BertEmbedder(folder: fixtures.appending(path: "tiny-cls").path, name: "tiny-cls")
    #expect(embedder.model.dimension == 64 && embedder.model.maximumTokens == 30)
    let vectors = try await embedder.embed(reference.map(\.text))
    for (vector, expected) in zip(vectors, reference) {
      #expect(difference(vector, expected.vector) < 1e-5, "\(expected.text)")
    }
  }

  @Test(arguments: [
    (#"{"pooling_mode_max_tokens": true}"#, "max"), (#"{"pooling_mode": "weightedmean"}"#, "weightedmean"),
    (#"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true}"#, "cls and mean"), ("{}", "none"),
  ])
  func `another pooling is refused by name`(config: String, name: String) throws {
    try FileManager.default.createDirectory(atPath: model.folder + "/1_Pooling", withIntermediateDirectories: true)
    try model.write(config, to: "1_Pooling/config.json")
    let error = #expect(throws: EmbeddingError.self) { try embedder() }
    #expect(error?.description.contains("pooling is \(name)") == true)
    try model.write(#"{"pooling_mode": "mean"}"#, to: "1_Pooling/config.json")
    _ = try embedder()
  }

  @Test(arguments: [
    ("modules.json", #"[{"type": "sentence_transformers.models.Dense", "path": "2_Dense"}]"#, "Dense"),
    ("modules.json", #"[{"type": "a.Pooling", "path": "../../etc"}]"#, "outside"), ("modules.json", "{", "JSON"),
    ("tokenizer_config.json", #"{"do_lower_case": false}"#, "do_lower_case"),
    ("config_sentence_transformers.json", #"{"prompts": 3}"#, "JSON"),
  ])
  func `what is not computed here is refused`(file: String, text: String, reason: String) throws {
    try model.write(text, to: file)
    let error = #expect(throws: EmbeddingError.self) { try embedder() }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }

  @Test func `the limit is the tokenizer's where no other is named`() throws {
    try model.remove("sentence_bert_config.json")
    try model.write(#"{"model_max_length": 17}"#, to: "tokenizer_config.json")
    #expect(try embedder().model.maximumTokens == 17)
    try model.write(#"{"model_max_length": 1000000000000000019884624838656}"#, to: "tokenizer_config.json")
    #expect(try embedder().model.maximumTokens == 32)
  }

  @Test func `prefixes are those of the files, of the name, or as asked for`() async throws {
    let plain = try embedder()
    let query = try await plain.embed(["query: engine"])[0]
    let passage = try await plain.embed(["passage: engine"])[0]
    let bare = try await plain.embed(["engine"])[0]
    #expect(try await plain.embed(queries: ["engine"])[0] == bare)

    let named = try embedder(name: "e5-small-v2")
    #expect(try await named.embed(queries: ["engine"])[0] == query)
    #expect(try await named.embed(["engine"])[0] == passage)
    #expect(named.model.maximumTokens < plain.model.maximumTokens)
    #expect(named.model.digest != plain.model.digest)

    let asked = try embedder(name: "e5-small-v2", prefixes: EmbeddingPrefixes(passage: ""))
    #expect(try await asked.embed(queries: ["engine"])[0] == query)
    #expect(try await asked.embed(["engine"])[0] == bare)

    try model.write(#"{"prompts": {"query": "", "passage": "query: "}}"#, to: "config_sentence_transformers.json")
    let written = try embedder(name: "e5-small-v2")
    #expect(try await written.embed(queries: ["engine"])[0] == bare)
    #expect(try await written.embed(["engine"])[0] == query)
  }

  @Test func `each window of a long text has the words that the model wants before it`() async throws {
    let prefixes = EmbeddingPrefixes(passage: "note ")
    let embedder = try BertEmbedder(folder: model.folder, name: "tiny", overLimit: .windows, prefixes: prefixes)
    // Two windows that are alike have the vector of one.
    let words = embedder.model.maximumTokens - embedder.tokenizer.specialTokenCount
    func text(_ count: Int) -> String { [String](repeating: "engine", count: count).joined(separator: " ") }
    let vectors = try await embedder.embed([text(words), text(2 * words)])
    #expect(difference(vectors[0], vectors[1]) < 1e-6)
    let bare = try await self.embedder().embed([text(words)])[0]
    #expect(difference(vectors[0], bare) > 1e-3)
  }

  @Test func `bge wants an instruction before queries only`() async throws {
    let plain = try embedder()
    let named = try embedder(name: "bge-small-en-v1.5", prefixes: EmbeddingPrefixes(query: "note "))
    #expect(try await named.embed(["engine"]) == plain.embed(["engine"]))
    #expect(try await named.embed(queries: ["engine"]) == plain.embed(["note engine"]))
    let error = #expect(throws: EmbeddingError.self) { try embedder(name: "bge-small-en-v1.5") }
    #expect(error?.description.contains("no room for a text") == true)
  }
}
