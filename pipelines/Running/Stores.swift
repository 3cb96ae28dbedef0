public import LanguageModel

/// What a configuration names: the stores, the HTTP client and the models.
///
/// Each is opened by its first use and then kept, however many use it at once, as long as there is a copy of this value:
/// one client for each store, one loaded model of each name. What could not be opened is tried again by the next use.
public struct Stores: Sendable {
  /// The configuration.
  public let configuration: Configuration
  /// The client of every request.
  public let http: HTTPClient
  private let openedWarehouse: OpenedOnce<Warehouse>
  private let openedVectors: OpenedOnce<VectorStore>
  private let models: Models

  /// Names what is opened; nothing is opened yet.
  ///
  /// - Parameter http: the client; nil for one as the configuration wants it.
  public init(_ configuration: Configuration, http: HTTPClient? = nil) {
    let http = http ?? HTTPClient(configuration: HTTPClientConfiguration(configuration))
    self.init(
      configuration, http, Models(configuration) { try await $0.openEmbedder(named: $1, http: http) })
  }

  /// - Parameter loadEmbedder: opens an embedding model by its name.
  init(
    _ configuration: Configuration,
    loadEmbedder: @escaping @Sendable (Configuration, _ name: String) async throws -> any Embedder
  ) {
    self.init(
      configuration, HTTPClient(configuration: HTTPClientConfiguration(configuration)),
      Models(configuration, loadEmbedder: loadEmbedder))
  }

  private init(_ configuration: Configuration, _ http: HTTPClient, _ models: Models) {
    self.configuration = configuration
    self.http = http
    self.models = models
    openedWarehouse = OpenedOnce { try await Warehouse.open(configuration.warehouse) }
    openedVectors = OpenedOnce {
      let vectors = configuration.vectors
      return try await VectorStore.open(vectors.url, apiKey: vectors.apiKey, http: http, prefix: vectors.prefix)
    }
  }

  /// Stores at other places, with the same client and models.
  ///
  /// - Parameter other: the configuration with other addresses of the stores.
  func moved(to other: Configuration) -> Stores { Stores(other, http, models) }

  /// The warehouse.
  public func warehouse() async throws -> Warehouse { try await openedWarehouse.value() }

  /// The vector store.
  public func vectors() async throws -> VectorStore { try await openedVectors.value() }

  /// The embedding model.
  public func embedder() async throws -> any Embedder { try await embedder(named: configuration.embedding.model) }

  /// The embedding model for passages, of which those that were embedded before are looked up: what they are made of does
  /// not matter. Where `embedding.cache` is 0, and for the words' hashes, which are made sooner than they are found, it is
  /// ``embedder()`` itself.
  func passageEmbedder() async throws -> any Embedder {
    let embedder = try await embedder()
    guard configuration.embedding.cacheLimit > 0, embedder.model.name != HashEmbedder.name else { return embedder }
    let vectors = models.vectors
    return CachedEmbedder(embedder) { try await vectors.value() }
  }

  /// An embedding model by its name, which need not be the configured one.
  func embedder(named name: String) async throws -> any Embedder { try await models.embedder(named: name).value() }

  /// The configured language model, with those that stand in for it; nil for `extractive`, which needs none.
  ///
  /// - Parameter refreshes: whether it is asked anew also what it has answered before.
  public func languageModel(refreshes: Bool = false) async throws -> (any LanguageModel)? {
    refreshes ? models.refreshingModel : models.languageModel
  }

  /// What language models have answered, which is opened by its first use.
  public func replyCache() async throws -> ReplyCache { try await models.replies.value() }

  /// What language models were asked so far, and what that took and cost.
  public var modelUsage: [ModelUsage] { models.meter.usage }
}
