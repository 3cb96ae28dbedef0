import Foundation
import LanguageModel

/// Opens what a configuration names: stores, the HTTP client and the models.
public struct Stores: Sendable {
  /// The configuration.
  public let configuration: Configuration
  /// The client of every request.
  public let http: HTTPClient

  /// Names what is opened; nothing is opened yet.
  ///
  /// - Parameter http: the client; nil for one as the configuration wants it.
  public init(_ configuration: Configuration, http: HTTPClient? = nil) {
    self.configuration = configuration
    if let http {
      self.http = http
      return
    }
    var client = HTTPClientConfiguration()
    client.userAgent = configuration.crawl.fullUserAgent
    client.allowsPrivateAddresses = configuration.crawl.allowsPrivateAddresses
    self.http = HTTPClient(configuration: client)
  }

  /// Opens the warehouse.
  public func warehouse() async throws -> Warehouse {
    try await Warehouse.open(configuration.warehouse)
  }

  /// Opens the vector store.
  public func vectors() async throws -> VectorStore {
    try await VectorStore.open(configuration.vectors.url, apiKey: configuration.vectors.apiKey, http: http)
  }

  /// Loads the embedding model.
  public func embedder() throws -> any Embedder {
    try EmbeddingModels.makeEmbedder(
      name: configuration.embedding.model, modelsFolder: EmbeddingModels.folder(environment: configuration.environment),
      overLimit: OverLimit(rawValue: configuration.embedding.overLimit) ?? .error)
  }

  /// The generator of samples that the configuration asks for.
  ///
  /// - Throws: ``ConfigurationError`` for a preference set, whose worse answers a model writes, without a model.
  public func sampleGenerator() throws -> any SampleGenerator {
    let dataset = configuration.dataset
    let kind = DatasetKind(rawValue: dataset.kind) ?? .instruction
    guard let model = try languageModel() else {
      guard kind == .instruction else {
        throw ConfigurationError.missing(
          key: "language_model", path: configuration.file,
          advice: "a preference set needs a model, which writes the worse answers; set it, such as "
            + "{provider: ollama, model: mistral}, or make `dataset.kind: instruction`, which needs none")
      }
      return ExtractiveGenerator(pairsPerExtract: dataset.pairsPerExtract)
    }
    return ModelGenerator(
      kind: kind, model: model, pairsPerExtract: dataset.pairsPerExtract,
      sampling: Sampling(
        temperature: configuration.languageModel.temperature,
        maximumTokens: configuration.languageModel.maximumTokens))
  }

  /// The driver of the configured language model; nil for `extractive`, which needs none.
  func languageModel() throws -> (any LanguageModel)? {
    let settings = configuration.languageModel
    guard let provider = LanguageModelConfiguration.Provider(rawValue: settings.provider) else { return nil }
    return try LanguageModelConfiguration(
      provider: provider, model: settings.model ?? "", endpoint: settings.endpoint, apiKey: settings.apiKey,
      context: settings.context, timeout: settings.timeout
    ).makeModel()
  }
}
