extension SettingKey {
  /// The keys of `embedding`.
  static let embedding: [SettingKey] = [
    SettingKey(
      "embedding.provider", .choice(["native"] + RemoteEmbeddingProvider.allCases.map(\.rawValue)), "native",
      "whether the model runs here, or how its server is spoken to"),
    SettingKey(
      "embedding.model", .text, EmbeddingModels.miniLM,
      "the embedding model: one that is installed, `hash`, or a server's"),
    SettingKey(
      "embedding.precision", .choice(Precision.allCases.map(\.rawValue)), "f32",
      "the arithmetic of the native model: bf16 and int8 are faster where the processor has them"),
    SettingKey("embedding.query_prefix", .text, nil, "what is written before each query; else what the model wants"),
    SettingKey(
      "embedding.passage_prefix", .text, nil, "what is written before each chunk; else what the model wants"),
    SettingKey(
      "embedding.over_limit", .choice(OverLimit.allCases.map(\.rawValue)), "error",
      "what to do with a text that is longer than the model's limit"),
    SettingKey("embedding.endpoint", .address(["http", "https"]), nil, "the address of the model's server"),
    SettingKey("embedding.api_key", .secret, nil, "its key"),
    SettingKey("embedding.dimension", .integer(1...65_536), nil, "how many components its vectors are to have"),
    SettingKey("embedding.max_tokens", .integer(1...10_000_000), nil, "the most tokens of a text that it takes"),
    SettingKey(
      "embedding.tokenizer", .path, nil, "its tokenizer.json or the folder of it, by which chunks are counted"),
    SettingKey("embedding.batch_size", .integer(1...2048), nil, "the most texts of one request to it"),
    SettingKey("embedding.concurrency", .integer(1...256), "4", "the most requests to it at once"),
    SettingKey("embedding.requests_per_minute", .integer(1...10_000_000), nil, "the most requests to it in a minute"),
    SettingKey("embedding.tokens_per_minute", .integer(1...1_000_000_000), nil, "the most tokens to it in a minute"),
    SettingKey("embedding.attempts", .integer(1...20), "5", "how often a request to it is sent at most"),
    SettingKey("embedding.timeout", .duration, "120s", "the longest that one may take, repetitions included"),
    SettingKey("embedding.price", .number(0...1_000_000), nil, "what a million of its tokens cost"),
    SettingKey("embedding.cache", .text, "1GB", "the most that is kept of vectors, so that no text is embedded twice"),
  ]
}
