public import HTTP

/// What a model's server says about itself, without generating anything.
public struct ServerStatus: Hashable, Sendable {
  /// Its version, if it tells.
  public var version: String?
  /// The models that it has, if it tells.
  public var models: [String]?

  /// Makes a status; see the properties.
  public init(version: String? = nil, models: [String]? = nil) {
    self.version = version
    self.models = models
  }

  /// Whether it has a model; nil when it does not tell which it has.
  public func has(_ model: String) -> Bool? {
    models.map { models in
      models.contains { $0 == model || $0 == model + ":latest" || $0.hasSuffix("/" + model) }
    }
  }
}

extension LanguageModelConfiguration {
  /// Asks the server about itself; one that is started for a file says nothing before that.
  ///
  /// - Throws: ``LanguageModelError`` when it cannot be reached, or refuses the key.
  public func serverStatus(_ client: HTTPClient) async throws -> ServerStatus {
    if modelPath != nil { return ServerStatus() }
    let connection = ModelConnection(
      model: modelName, base: endpoint, headers: keyHeaders, timeout: timeout, client: client)
    switch provider {
    case .ollama:
      let version = try await connection.get(connection.base + "/api/version")?["version"]?.string
      let models = try await connection.get(connection.base + "/api/tags")?["models"]?.array
      return ServerStatus(version: version, models: models?.compactMap { $0["name"]?.string })
    case .openai, .huggingface, .llamaCpp:
      let models = try await connection.get(connection.base + "/models")?["data"]?.array
      // llama.cpp's own.
      let properties = try await connection.get(connection.base(without: "/v1") + "/props")
      return ServerStatus(
        version: properties?["build_info"]?.string, models: models?.compactMap { $0["id"]?.string })
    case .anthropic:
      let models = try await connection.get(connection.base + "/v1/models")?["data"]?.array
      return ServerStatus(models: models?.compactMap { $0["id"]?.string })
    case .cohere:
      let models = try await connection.get(connection.base + "/v1/models")?["models"]?.array
      return ServerStatus(models: models?.compactMap { $0["name"]?.string })
    }
  }

  private var keyHeaders: HTTPHeaders {
    guard let apiKey else { return [:] }
    if provider == .anthropic { return ["x-api-key": apiKey, "anthropic-version": "2023-06-01"] }
    return ["Authorization": "Bearer \(apiKey)"]
  }
}
