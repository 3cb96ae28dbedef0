import Domain
import Embedding
import Foundation
import TestSupport
import Testing
import Tokenizers

/// Damaged, missing and foreign model files.
struct ModelFileTests {
  let model: TinyBert

  init() throws { model = try TinyBert() }

  private func load() throws { _ = try BertEmbedder(folder: model.folder, name: "tiny") }

  /// Expects that loading fails, with an error that says all of `words`.
  private func expectFailure(_ words: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    let error = #expect(throws: EmbeddingError.self, sourceLocation: sourceLocation) { try load() }
    for word in words {
      #expect(error?.description.contains(word) == true, "\(error?.description ?? "")", sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: ["model.safetensors", "vocab.txt"])
  func `a missing file is named, with what to do`(file: String) throws {
    try model.remove(file)
    expectFailure("tiny is not installed", file, "twin model pull tiny", "TWIN_MODELS/tiny", "hash")
  }

  @Test func `a file that cannot be read is named, in the system's words`() throws {
    try model.remove("config.json")
    try FileManager.default.createDirectory(
      atPath: model.folder + "/config.json", withIntermediateDirectories: true)
    expectFailure("config.json: is a directory.")
  }

  @Test func `weights cut off anywhere are refused`() throws {
    let bytes = try Data(contentsOf: model.weights)
    for length in [0, 1, 7, 8, 9, 100, 5000, bytes.count / 2, bytes.count - 4, bytes.count - 1] {
      try bytes.prefix(length).write(to: model.weights)
      expectFailure("model.safetensors is damaged")
    }
  }

  @Test(arguments: [[0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0, 0, 0, 0, 0x80], [0, 0, 0, 0]])
  func `a wrong length of the header is refused`(length: [UInt8]) throws {
    try model.editBytes { $0.replaceSubrange(0..<length.count, with: length) }
    expectFailure("is damaged", "header")
  }

  @Test func `a header that is not JSON, or not of tensors, is refused`() throws {
    try model.editBytes { $0[8] = UInt8(ascii: "!") }
    expectFailure("is damaged", "JSON")
    try model.write("\u{2}\0\0\0\0\0\0\0[]", to: "model.safetensors")
    expectFailure("is damaged", "JSON")
    try model.write("<html>404: no such file, but a page of it</html>", to: "model.safetensors")
    expectFailure("is damaged")
  }

  @Test(arguments: [
    ("\"data_offsets\":[0,", "\"data_offsets\":[-4,", "no range"),
    ("\"data_offsets\":[0,", "\"data_offsets\":[99999999,", "no range"),
    ("\"data_offsets\":[0,", "\"data_offsets\":[4,", "not as many bytes"),
    ("\"data_offsets\":[0,", "\"data_offsets\":[0,0,", "no range"),
    ("\"data_offsets\":[0,", "\"data_offsets\":[0.5,", "JSON"),
    ("\"data_offsets\":[0,", "\"data_offsets\":[99999999999999999999,", "JSON"),
  ])
  func `offsets that lead elsewhere are refused`(old: String, new: String, reason: String) throws {
    try model.editHeader(replacing: old, with: new)
    expectFailure(reason)
  }

  @Test func `an array that ends after the file is refused by name`() throws {
    let size = try model.dataSize
    try model.editHeader(replacing: ",\(size)]", with: ",\(size + 4)]")
    expectFailure("encoder.layer.1.output.LayerNorm.bias", "ends at byte \(size + 4)", "only \(size)")
  }

  @Test(arguments: [
    ("\"F32\",\"shape\":[32]", "\"BF16\",\"shape\":[32]", ["embeddings.LayerNorm.weight", "BF16", "F32"]),
    ("[64,32]", "[32,64]", ["encoder.layer.0.intermediate.dense.weight", "[32, 64]", "[64, 32]"]),
    ("[64,32]", "[64,32,1]", ["encoder.layer.0.intermediate.dense.weight", "[64, 32, 1]"]),
    ("encoder.layer.1.", "encoder.block.1.", ["no tensor encoder.layer.1.attention.self.query.weight"]),
  ])
  func `tensors of another type, shape or name are refused with what was expected`(
    old: String, new: String, words: [String]
  ) throws {
    try model.editHeader(replacing: old, with: new)
    let error = #expect(throws: EmbeddingError.self) { try load() }
    for word in words { #expect(error?.description.contains(word) == true, "\(error?.description ?? "")") }
  }

  @Test func `arrays that are not aligned are refused`() throws {
    try model.editBytes { bytes in
      bytes.insert(UInt8(ascii: " "), at: 8)
      bytes[0] += 1
    }
    expectFailure("not aligned")
  }

  @Test(arguments: [
    (#"{"model_type": "roberta"}"#, "roberta"), (#"{"hidden_act": "relu"}"#, "relu"),
    (#"{"position_embedding_type": "relative_key"}"#, "relative_key"), (#"{"hidden_size": 0}"#, "between 1"),
    (#"{"num_hidden_layers": 99999999}"#, "between 1"),
    (#"{"hidden_size": 32, "num_attention_heads": 5}"#, "multiple of its 5"),
    (#"{"vocab_size": "many"}"#, "JSON"),
    ("not JSON", "JSON"), ("{}", "[30522, 384]"),
  ])
  func `another architecture or wrong sizes are refused`(config: String, reason: String) throws {
    try model.write(config, to: "config.json")
    expectFailure(reason)
  }

  @Test func `without a configuration the sizes of MiniLM are expected`() throws {
    try model.remove("config.json")
    expectFailure("embeddings.word_embeddings.weight", "[30522, 384]")
  }

  @Test func `without a limit beside it the model reads as many tokens as it has positions`() throws {
    try model.remove("sentence_bert_config.json")
    #expect(try BertEmbedder(folder: model.folder, name: "tiny").model.maximumTokens == 32)
    try model.write(#"{"max_seq_length": 2}"#, to: "sentence_bert_config.json")
    expectFailure("2 tokens")
  }

  @Test func `a vocabulary larger than the model's is refused`() throws {
    let path = model.folder + "/vocab.txt"
    let vocabulary = try String(contentsOfFile: path, encoding: .utf8)
    try model.write(vocabulary + "extra\n", to: "vocab.txt")
    expectFailure("vocab.txt")
    try model.write("not a vocabulary", to: "vocab.txt")
    #expect(throws: TokenizerError.self) { try load() }
  }

  @Test(arguments: Precision.allCases.filter(\.isSupported))
  func `weights that are not numbers are an error, never a vector`(precision: Precision) async throws {
    try model.editBytes { bytes in
      for index in bytes.count - 8192..<bytes.count { bytes[index] = 0xFF }
    }
    let embedder = try BertEmbedder(folder: model.folder, name: "tiny", precision: precision)
    let error = await #expect(throws: EmbeddingError.self) { try await embedder.embed(["a note"]) }
    #expect(error?.description.contains("not numbers") == true)
  }

  @Test func `random damage is an error or a vector, never a crash`() async throws {
    let original = [UInt8](try Data(contentsOf: model.weights))
    let header = 8 + Int(original[0]) + Int(original[1]) << 8
    var generator = SeededGenerator(seed: 1852)
    var refused = 0
    for round in 0..<150 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        // Mostly in the header, where damage is more interesting than in the numbers.
        let end = round % 3 == 0 ? bytes.count : min(header, bytes.count)
        let place = Int.random(in: 0..<end, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes[place] = UInt8.random(in: 0x30...0x39, using: &generator)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 40))
        default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        }
      }
      try Data(bytes).write(to: model.weights)
      do {
        let embedder = try BertEmbedder(folder: model.folder, name: "tiny")
        let vectors = try await embedder.embed(["the engine"])
        #expect(vectors.count == 1 && abs(cosine(vectors[0], vectors[0]) - 1) < 1e-5)
      } catch let error as EmbeddingError {
        #expect(!error.description.isEmpty)
        refused += 1
      }
    }
    #expect(refused > 50)
  }
}
