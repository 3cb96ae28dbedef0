import HTTP

/// Which model to ask and how: the long form of `language_model` in a configuration.
public struct LanguageModelConfiguration: Codable, Hashable, Sendable {
  /// How a server is spoken to.
  public enum Provider: String, Codable, CaseIterable, Sendable {
    /// Ollama's own protocol.
    case ollama
    /// OpenAI's chat completions, and every server that speaks them.
    case openai
    /// Anthropic's messages.
    case anthropic
    /// Cohere's chat.
    case cohere
    /// Hugging Face's inference router, or an endpoint of one's own there.
    case huggingface
    /// A GGUF file that a server of llama.cpp's is started for, or such a server that runs already.
    case llamaCpp = "llama_cpp"
  }

  /// How the server is spoken to.
  public var provider: Provider
  /// The model's name as the server knows it; with ``modelPath`` not needed.
  public var model: String
  /// The server's address; for `openai` with its `/v1`.
  public var endpoint: String
  /// The key, for servers that want one.
  public var apiKey: String?
  /// How a server that speaks as OpenAI does is asked for JSON; nil for the provider's own way.
  public var dialect: SchemaDialect?
  /// The tokens of prompt and reply together that Ollama or llama.cpp makes room for.
  public var context: Int
  /// The most seconds for one reply.
  public var timeout: Double
  /// The model file that llama.cpp's server is started for.
  public var modelPath: String?
  /// The threads of a server that is started here; nil leaves it to the server.
  public var threads: Int?
  /// The program that is started: `llama-server`, or a Python that has `llama_cpp.server`.
  public var program: String
  /// How freely this model writes, whatever a request says; nil leaves it to the request.
  public var temperature: Double?
  /// This model's longest reply, in tokens, whatever a request says; nil leaves it to the request.
  public var maximumTokens: Int?
  /// Whether it reads messages of the system.
  public var readsSystemMessages: Bool
  /// How much may be asked of it.
  public var limits: ModelLimits
  /// How often and when it is asked again.
  public var retries: RetrySettings

  /// Makes a configuration; nothing is checked before ``validate()``.
  public init(
    provider: Provider, model: String, endpoint: String? = nil, apiKey: String? = nil, context: Int = 8192,
    timeout: Double = 600
  ) {
    self.provider = provider
    self.model = model
    self.endpoint = endpoint ?? Self.defaultEndpoint(provider)
    self.apiKey = apiKey
    self.context = context
    self.timeout = timeout
    program = "llama-server"
    readsSystemMessages = true
    limits = ModelLimits()
    retries = RetrySettings()
  }

  /// Reads a configuration; only `provider` and `model` are needed.
  /// - Throws: ``LanguageModelError/invalidValue(key:value:expected:)`` for an unknown provider.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .provider)
    guard let provider = Provider(rawValue: name) else {
      let known = Provider.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      throw LanguageModelError.invalidValue(
        key: "language_model.provider", value: "`\(name)`", expected: "one of \(known)")
    }
    self.init(
      provider: provider, model: try container.decodeIfPresent(String.self, forKey: .model) ?? "",
      endpoint: try container.decodeIfPresent(String.self, forKey: .endpoint),
      apiKey: try container.decodeIfPresent(String.self, forKey: .apiKey),
      context: try container.decodeIfPresent(Int.self, forKey: .context) ?? 8192,
      timeout: try container.decodeIfPresent(Double.self, forKey: .timeout) ?? 600)
    dialect = try container.decodeIfPresent(SchemaDialect.self, forKey: .dialect)
    modelPath = try container.decodeIfPresent(String.self, forKey: .modelPath)
    threads = try container.decodeIfPresent(Int.self, forKey: .threads)
    program = try container.decodeIfPresent(String.self, forKey: .program) ?? program
    temperature = try container.decodeIfPresent(Double.self, forKey: .temperature)
    maximumTokens = try container.decodeIfPresent(Int.self, forKey: .maximumTokens)
    readsSystemMessages = try container.decodeIfPresent(Bool.self, forKey: .readsSystemMessages) ?? true
    limits = try container.decodeIfPresent(ModelLimits.self, forKey: .limits) ?? limits
    retries = try container.decodeIfPresent(RetrySettings.self, forKey: .retries) ?? retries
  }

  /// Checks every value.
  /// - Throws: ``LanguageModelError/invalidValue(key:value:expected:)`` naming the first key that is out of range.
  public func validate() throws {
    func require(_ condition: Bool, _ key: String, _ value: Any, _ expected: String) throws {
      guard !condition else { return }
      throw LanguageModelError.invalidValue(key: "language_model.\(key)", value: "\(value)", expected: expected)
    }
    try require(!model.isEmpty || modelPath != nil, "model", "empty", "a model's name")
    try require(
      (512...1_048_576).contains(context), "context", context, "a number of tokens from 512 to 1048576")
    try require((1...86_400).contains(timeout), "timeout", timeout, "a number of seconds from 1 to 86400")
    try require((1...1024).contains(threads ?? 1), "threads", threads ?? 0, "a number of threads from 1 to 1024")
    try require((1...256).contains(limits.concurrency), "concurrency", limits.concurrency, "a number from 1 to 256")
    try require(
      limits.requestsPerMinute ?? 1 > 0, "requests_per_minute", limits.requestsPerMinute ?? 0, "more than 0")
    try require(limits.tokensPerMinute ?? 1 > 0, "tokens_per_minute", limits.tokensPerMinute ?? 0, "more than 0")
    try require((1...20).contains(retries.attempts), "attempts", retries.attempts, "a number from 1 to 20")
  }

  /// What the model is called (``LanguageModel/name``).
  public var modelName: String {
    let file = modelPath.map { LlamaServerConfiguration(modelPath: $0).alias }
    return "\(provider.rawValue)/\(file ?? model)"
  }

  /// The address that a provider has unless another is named.
  public static func defaultEndpoint(_ provider: Provider) -> String {
    switch provider {
    case .ollama: "http://localhost:11434"
    case .openai: "https://api.openai.com/v1"
    case .anthropic: "https://api.anthropic.com"
    case .cohere: "https://api.cohere.com"
    case .huggingface: OpenAICompatibleModel.huggingFaceRouter
    case .llamaCpp: "http://localhost:8080/v1"
    }
  }

  enum CodingKeys: String, CodingKey {
    case provider, model, endpoint, dialect, context, timeout, threads, program, temperature, limits, retries
    case apiKey = "api_key"
    case modelPath = "model_path"
    case maximumTokens = "max_tokens"
    case readsSystemMessages = "system_messages"
  }
}
