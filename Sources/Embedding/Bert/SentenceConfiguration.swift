import Foundation

/// What sentence-transformers adds to a BERT encoder, as its files beside the weights say.
struct SentenceConfiguration {
  /// How the vector of a text is made of those of its tokens.
  var pooling = BertConfiguration.Pooling.mean
  /// The longest input in tokens, where a file says so.
  var maximumTokens: Int?
  /// What is written before each query and each passage, where a file says so.
  var prefixes = EmbeddingPrefixes()

  /// Reads `modules.json`, the pooling's `config.json`, `sentence_bert_config.json`, `tokenizer_config.json` and
  /// `config_sentence_transformers.json`, where the folder has them. Vectors are made to length one whatever
  /// `modules.json` says.
  ///
  /// - Throws: ``EmbeddingError`` for a file that is not JSON, another kind of pooling, a module that is not computed
  ///   here, or a tokenizer with case.
  init(folder: String) throws {
    let modules = try decodedFile(path: folder + "/modules.json", of: [Module].self) ?? []
    for module in modules where !["Transformer", "Pooling", "Normalize"].contains(module.kind) {
      throw EmbeddingError.unsupported(
        path: folder + "/modules.json", reason: "it has a module \(module.kind) after the encoder")
    }
    let poolingFolder = modules.first { $0.kind == "Pooling" }?.path ?? "1_Pooling"
    guard !poolingFolder.split(separator: "/").contains(".."), !poolingFolder.hasPrefix("/") else {
      throw EmbeddingError.unsupported(path: folder + "/modules.json", reason: "a module lies outside the folder")
    }
    pooling = try Self.pooling(path: folder + "/" + poolingFolder + "/config.json")

    let tokenizer = try decodedFile(path: folder + "/tokenizer_config.json", of: TokenizerConfig.self)
    if tokenizer?.doLowerCase == false {
      throw EmbeddingError.unsupported(
        path: folder + "/tokenizer_config.json", reason: "do_lower_case is false, but only texts without case are read")
    }
    let sentence = try decodedFile(path: folder + "/sentence_bert_config.json", of: LimitConfig.self)
    // Tokenizers without a limit have 10^30 here.
    let limit = tokenizer?.modelMaxLength.flatMap { $0 < 1e6 ? Int($0) : nil }
    maximumTokens = sentence?.maxSeqLength ?? limit

    let prompts = try decodedFile(path: folder + "/config_sentence_transformers.json", of: PromptConfig.self)?.prompts
    prefixes = EmbeddingPrefixes(query: prompts?["query"], passage: prompts?["passage"] ?? prompts?["document"])
  }

  private static func pooling(path: String) throws -> BertConfiguration.Pooling {
    guard let modes = try decodedFile(path: path, of: PoolingConfig.self) else { return .mean }
    let chosen = modes.chosen
    guard chosen.count == 1, let pooling = BertConfiguration.Pooling(rawValue: chosen[0]) else {
      let names = chosen.isEmpty ? "none" : chosen.joined(separator: " and ")
      throw EmbeddingError.unsupported(path: path, reason: "the pooling is \(names), not mean or cls alone")
    }
    return pooling
  }

  private struct Module: Decodable {
    var type: String
    var path: String
    /// The last part of the type's name.
    var kind: String { type.split(separator: ".").last.map(String.init) ?? type }
  }

  /// One flag per mode, as files have had it, or the name of one.
  private struct PoolingConfig: Decodable {
    var poolingMode: String?
    var poolingModeClsToken: Bool?
    var poolingModeMeanTokens: Bool?
    var poolingModeMaxTokens: Bool?
    var poolingModeMeanSqrtLenTokens: Bool?
    var poolingModeWeightedmeanTokens: Bool?
    var poolingModeLasttoken: Bool?

    var chosen: [String] {
      if let poolingMode { return [poolingMode] }
      let modes = [
        ("cls", poolingModeClsToken), ("mean", poolingModeMeanTokens), ("max", poolingModeMaxTokens),
        ("mean_sqrt_len", poolingModeMeanSqrtLenTokens), ("weightedmean", poolingModeWeightedmeanTokens),
        ("lasttoken", poolingModeLasttoken),
      ]
      return modes.filter { $0.1 == true }.map(\.0)
    }
  }

  private struct LimitConfig: Decodable {
    var maxSeqLength: Int?
  }

  private struct TokenizerConfig: Decodable {
    var doLowerCase: Bool?
    var modelMaxLength: Double?
  }

  private struct PromptConfig: Decodable {
    var prompts: [String: String]?
  }
}
