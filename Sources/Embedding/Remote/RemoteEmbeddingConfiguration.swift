/// How a server is asked for vectors.
public struct RemoteEmbeddingConfiguration: Hashable, Sendable {
  /// How it is spoken to.
  public var provider: RemoteEmbeddingProvider
  /// The model's name as the server knows it.
  public var model: String
  /// The address that the provider's path is added to.
  public var endpoint: String
  /// The key; nil for none.
  public var apiKey: String?
  /// The components that vectors are asked to have, where models offer a choice; nil for the model's own.
  public var dimension: Int?
  /// The most tokens of a text; nil for what is known of the model, or the server says.
  public var maximumTokens: Int?
  /// What becomes of a text that the server finds too long.
  public var overLimit: OverLimit
  /// What is written before texts; what is nil is as the model of that name is known to want it.
  public var prefixes: EmbeddingPrefixes
  /// The most texts of one request; nil for what the provider takes.
  public var batchSize: Int?
  /// About the most tokens of one request, a text of more alone in its own.
  public var batchTokens: Int
  /// The most requests at once.
  public var concurrency: Int
  /// The most requests a minute; nil for any number.
  public var requestsPerMinute: Double?
  /// The most tokens a minute; nil for any number.
  public var tokensPerMinute: Double?
  /// How often a request is sent at most.
  public var attempts: Int
  /// The most seconds of one request, its repetitions included.
  public var timeout: Double

  /// Makes a configuration; see the properties.
  ///
  /// - Parameters:
  ///   - model: nil for the provider's default.
  ///   - endpoint: nil for the provider's own.
  public init(
    provider: RemoteEmbeddingProvider, model: String? = nil, endpoint: String? = nil, apiKey: String? = nil,
    dimension: Int? = nil, maximumTokens: Int? = nil, overLimit: OverLimit = .error,
    prefixes: EmbeddingPrefixes = EmbeddingPrefixes(), batchSize: Int? = nil,
    batchTokens: Int = 50_000, concurrency: Int = 4, requestsPerMinute: Double? = nil, tokensPerMinute: Double? = nil,
    attempts: Int = 5, timeout: Double = 120
  ) {
    self.provider = provider
    self.model = model ?? provider.defaultModel ?? ""
    self.endpoint = endpoint ?? provider.defaultEndpoint
    self.apiKey = apiKey
    self.dimension = dimension
    self.maximumTokens = maximumTokens
    self.overLimit = overLimit
    self.prefixes = prefixes
    self.batchSize = batchSize
    self.batchTokens = batchTokens
    self.concurrency = concurrency
    self.requestsPerMinute = requestsPerMinute
    self.tokensPerMinute = tokensPerMinute
    self.attempts = attempts
    self.timeout = timeout
  }

  /// The provider and the model, such as `openai/text-embedding-3-small`: what stored vectors are known by.
  public var name: String { model.isEmpty ? provider.rawValue : "\(provider.rawValue)/\(model)" }
}
