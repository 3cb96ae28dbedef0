extension SettingsReader {
  /// The settings under `embedding`.
  func embedding() throws -> Configuration.EmbeddingConfiguration {
    let provider = RemoteEmbeddingProvider(rawValue: try text("embedding.provider"))
    var embedding = Configuration.EmbeddingConfiguration(
      model: try text("embedding.model"), precision: try text("embedding.precision"),
      queryPrefix: try optionalText("embedding.query_prefix"),
      passagePrefix: try optionalText("embedding.passage_prefix"),
      overLimit: OverLimit(rawValue: try text("embedding.over_limit")) ?? .error,
      cacheLimit: try size("embedding.cache"))
    if let provider {
      let remote = try remoteEmbedding(provider)
      embedding.model = remote.name
      embedding.remote = remote
      embedding.tokenizerPath = try optionalText("embedding.tokenizer")
      embedding.price = resolver.isSet("embedding.price") ? try number("embedding.price") : nil
    } else {
      try requireNoServer()
      if !EmbeddingModels.names.contains(embedding.model), let setting = resolver.setting(key("embedding.model")) {
        try require(false, "embedding.model", setting, wanted: "one of \(quoted(EmbeddingModels.names))")
      }
    }
    return embedding
  }

  private func remoteEmbedding(_ provider: RemoteEmbeddingProvider) throws -> RemoteEmbeddingConfiguration {
    let model = resolver.isSet("embedding.model") ? try optionalText("embedding.model") : provider.defaultModel
    // A server of Text Embeddings Inference has one model.
    guard let model = model ?? (provider == .tei ? "" : nil) else {
      throw ConfigurationError.missing(
        key: "embedding.model", path: "\(resolver.setting(key("embedding.provider"))?.origin ?? .builtIn)",
        advice: "`embedding.provider: \(provider.rawValue)` has no model of its own: name one")
    }
    let endpoint = try optionalText("embedding.endpoint")
    // The key of a service is sent to nobody else.
    let ownKey = provider.keyVariable.flatMap { resolver.environment[$0] }.flatMap { $0.isEmpty ? nil : $0 }
    return RemoteEmbeddingConfiguration(
      provider: provider, model: model, endpoint: endpoint,
      apiKey: try optionalText("embedding.api_key") ?? (endpoint == nil ? ownKey : nil),
      dimension: try optionalInteger("embedding.dimension"), maximumTokens: try optionalInteger("embedding.max_tokens"),
      overLimit: OverLimit(rawValue: try text("embedding.over_limit")) ?? .error,
      prefixes: EmbeddingPrefixes(
        query: try optionalText("embedding.query_prefix"), passage: try optionalText("embedding.passage_prefix")),
      batchSize: try optionalInteger("embedding.batch_size"), concurrency: try integer("embedding.concurrency"),
      requestsPerMinute: try optionalInteger("embedding.requests_per_minute").map(Double.init),
      tokensPerMinute: try optionalInteger("embedding.tokens_per_minute").map(Double.init),
      attempts: try integer("embedding.attempts"), timeout: try duration("embedding.timeout"))
  }

  /// Settings of a server mean that somebody has forgotten to say how it is spoken to.
  private func requireNoServer() throws {
    for name in ["endpoint", "api_key", "dimension", "max_tokens", "tokenizer", "price"] {
      guard resolver.isSet("embedding.\(name)"), let setting = resolver.setting(key("embedding.\(name)")) else {
        continue
      }
      throw ConfigurationError.badValue(
        key: "embedding.\(name)", origin: setting.origin, found: "there",
        wanted: "left out, or `embedding.provider` to say how the server is spoken to: "
          + RemoteEmbeddingProvider.allCases.map(\.rawValue).joined(separator: ", "))
    }
  }
}
