import Foundation

/// Opens what a configuration names: stores, the HTTP client and the models.
public struct Stores: Sendable {
  /// The configuration.
  public let configuration: Configuration
  /// The client of every request.
  public let http: HTTPClient
  /// The environment's variables, which say where models are.
  public let environment: [String: String]

  /// Names what is opened; nothing is opened yet.
  public init(_ configuration: Configuration, environment: [String: String]) {
    self.configuration = configuration
    self.environment = environment
    var client = HTTPClientConfiguration()
    client.userAgent = configuration.crawl.userAgent
    client.allowsPrivateAddresses = configuration.crawl.allowsPrivateAddresses
    http = HTTPClient(configuration: client)
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
      name: configuration.embedding.model, modelsFolder: EmbeddingModels.folder(environment: environment),
      overLimit: OverLimit(rawValue: configuration.embedding.overLimit) ?? .error)
  }

  /// The generator of samples that the configuration asks for.
  public func sampleGenerator() throws -> any SampleGenerator {
    ExtractiveGenerator(pairsPerExtract: configuration.dataset.pairsPerExtract)
  }
}
