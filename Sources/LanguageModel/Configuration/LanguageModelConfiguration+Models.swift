public import HTTP

extension LanguageModelConfiguration {
  /// Makes the model: its driver within its limits, asked again when its server was at fault.
  ///
  /// - Parameter certificateAuthorityFile: what its client trusts; see `HTTPClientConfiguration`.
  /// - Throws: ``LanguageModelError/invalidValue(key:value:expected:)`` naming the first key that is out of range.
  public func makeModel(certificateAuthorityFile: String? = nil) throws -> any LanguageModel {
    try validate()
    return sampled(asked(certificateAuthorityFile))
  }

  /// Makes the model with all that a run wants around it, from the inside: its driver, its limits, retries, measuring, the
  /// canary for schemas, a circuit breaker, and a cache.
  ///
  /// - Parameters:
  ///   - meter: which counts what it is asked.
  ///   - cache: where replies and findings are kept; nil for nowhere.
  ///   - refreshes: whether all is asked anew, and takes the place of what the cache has.
  ///   - certificateAuthorityFile: what its client trusts; see `HTTPClientConfiguration`.
  /// - Throws: ``LanguageModelError/invalidValue(key:value:expected:)`` naming the first key that is out of range.
  public func makeModel(
    meter: ModelMeter, cache: ReplyCache?, refreshes: Bool = false, certificateAuthorityFile: String? = nil
  ) throws -> any LanguageModel {
    try validate()
    let measured = MeasuredModel(asked(certificateAuthorityFile), meter: meter)
    let guarded = CircuitBreaker(ProbedModel(measured, cache: cache, meter: meter))
    guard let cache else { return sampled(guarded) }
    return sampled(CachedModel(guarded, cache: cache, meter: meter, refreshes: refreshes))
  }

  /// The driver alone: no limits, no retries.
  ///
  /// - Parameter client: which should send each request once (`maximumAttempts`), and wait for ``timeout`` seconds.
  public func driver(_ client: HTTPClient) -> any LanguageModel {
    switch provider {
    case .ollama:
      return OllamaModel(model: model, endpoint: endpoint, contextLength: context, timeout: timeout, client: client)
    case .openai:
      return OpenAICompatibleModel(
        model: model, endpoint: endpoint, dialect: dialect ?? .openai, apiKey: apiKey, timeout: timeout, client: client)
    case .anthropic:
      return AnthropicModel(model: model, endpoint: endpoint, apiKey: apiKey, timeout: timeout, client: client)
    case .cohere:
      return CohereModel(model: model, endpoint: endpoint, apiKey: apiKey, timeout: timeout, client: client)
    case .huggingface:
      return OpenAICompatibleModel.huggingFace(
        model: model, endpoint: endpoint, dialect: dialect ?? .openai, token: apiKey, timeout: timeout, client: client)
    case .llamaCpp:
      if let modelPath {
        let server = LlamaServerConfiguration(
          modelPath: modelPath, contextLength: context, threads: threads, program: program)
        return LlamaServerModel(server, timeout: timeout, client: client)
      }
      return OpenAICompatibleModel(
        model: model, endpoint: endpoint, provider: "llama_cpp", dialect: dialect ?? .openai, apiKey: apiKey,
        timeout: timeout, client: client)
    }
  }

  private func client(_ certificateAuthorityFile: String?) -> HTTPClient {
    var limits = HTTPClientConfiguration()
    limits.totalTimeout = timeout
    limits.stallTimeout = timeout
    // Asking again is ``RetryingModel``'s.
    limits.maximumAttempts = 1
    limits.maximumBodyBytes = 4 << 20
    limits.certificateAuthorityFile = certificateAuthorityFile
    return HTTPClient(configuration: limits)
  }

  /// The driver within its limits, asked again when its server was at fault.
  private func asked(_ certificateAuthorityFile: String?) -> any LanguageModel {
    let driver = driver(client(certificateAuthorityFile))
    let heard: any LanguageModel = readsSystemMessages ? driver : TunedModel(driver, readsSystemMessages: false)
    return RetryingModel(LimitedModel(AccountedModel(heard), limits: limits), settings: retries)
  }

  /// With the sampling of its own, which a cache must see.
  private func sampled(_ model: any LanguageModel) -> any LanguageModel {
    if temperature == nil && maximumTokens == nil { return model }
    return TunedModel(model, temperature: temperature, maximumTokens: maximumTokens)
  }
}
