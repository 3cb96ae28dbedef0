import HTTP

/// Which model to ask and how: the long form of `language_model` in a configuration.
public struct LanguageModelConfiguration: Codable, Hashable, Sendable {
  /// How a server is spoken to.
  public enum Provider: String, Codable, CaseIterable, Sendable {
    /// Ollama's own protocol.
    case ollama
    /// OpenAI's chat completions, and every server that speaks them.
    case openai
  }

  /// How the server is spoken to.
  public var provider: Provider
  /// The model's name as the server knows it.
  public var model: String
  /// The server's address; for `openai` with its `/v1`.
  public var endpoint: String
  /// The key, for servers that want one.
  public var apiKey: String?
  /// The tokens of prompt and reply together that Ollama makes room for.
  public var context: Int
  /// The most seconds for one reply.
  public var timeout: Double

  /// Makes a configuration; nothing is checked before ``makeModel(certificateAuthorityFile:)``.
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
  }

  /// Reads a configuration; only `provider` and `model` are needed.
  /// - Throws: ``LanguageModelError/invalidValue(key:value:expected:)`` for an unknown provider.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .provider)
    guard let provider = Provider(rawValue: name) else {
      let known = Provider.allCases.map { "`\($0.rawValue)`" }.joined(separator: " or ")
      throw LanguageModelError.invalidValue(key: "language_model.provider", value: "`\(name)`", expected: known)
    }
    self.init(
      provider: provider, model: try container.decode(String.self, forKey: .model),
      endpoint: try container.decodeIfPresent(String.self, forKey: .endpoint),
      apiKey: try container.decodeIfPresent(String.self, forKey: .apiKey),
      context: try container.decodeIfPresent(Int.self, forKey: .context) ?? 8192,
      timeout: try container.decodeIfPresent(Double.self, forKey: .timeout) ?? 600)
  }

  /// Makes the driver, with an HTTP client of its own that waits as long as models need.
  ///
  /// - Parameter certificateAuthorityFile: what its client trusts; see `HTTPClientConfiguration`.
  /// - Throws: ``LanguageModelError/invalidValue(key:value:expected:)`` naming the first key that is out of range.
  public func makeModel(certificateAuthorityFile: String? = nil) throws -> any LanguageModel {
    try validate()
    var limits = HTTPClientConfiguration()
    limits.totalTimeout = timeout
    limits.stallTimeout = timeout
    // Asking again is ``RetryingModel``'s.
    limits.maximumAttempts = 1
    limits.maximumBodyBytes = 4 << 20
    limits.certificateAuthorityFile = certificateAuthorityFile
    let client = HTTPClient(configuration: limits)
    switch provider {
    case .ollama:
      return RetryingModel(
        OllamaModel(model: model, endpoint: endpoint, contextLength: context, timeout: timeout, client: client))
    case .openai:
      return RetryingModel(
        OpenAICompatibleModel(model: model, endpoint: endpoint, apiKey: apiKey, timeout: timeout, client: client))
    }
  }

  /// Checks every value.
  /// - Throws: ``LanguageModelError/invalidValue(key:value:expected:)`` naming the first key that is out of range.
  public func validate() throws {
    guard !model.isEmpty else {
      throw LanguageModelError.invalidValue(key: "language_model.model", value: "empty", expected: "a model's name")
    }
    guard (512...1_048_576).contains(context) else {
      throw LanguageModelError.invalidValue(
        key: "language_model.context", value: String(context), expected: "a number of tokens from 512 to 1048576")
    }
    guard (1...86_400).contains(timeout) else {
      throw LanguageModelError.invalidValue(
        key: "language_model.timeout", value: String(timeout), expected: "a number of seconds from 1 to 86400")
    }
  }

  private static func defaultEndpoint(_ provider: Provider) -> String {
    switch provider {
    case .ollama: "http://localhost:11434"
    case .openai: "https://api.openai.com/v1"
    }
  }

  enum CodingKeys: String, CodingKey {
    case provider, model, endpoint
    case apiKey = "api_key"
    case context, timeout
  }
}
