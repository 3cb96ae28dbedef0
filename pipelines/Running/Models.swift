import LanguageModel
import Synchronization

/// The models that a configuration names, and those that vectors were made by before, each loaded by its first use.
final class Models: Sendable {
  typealias LoadEmbedder = @Sendable (Configuration, _ name: String) async throws -> any Embedder

  private let configuration: Configuration
  private let loadEmbedder: LoadEmbedder
  private let embedders = Mutex<[String: OpenedOnce<any Embedder>]>([:])
  /// The language model, with those that stand in for it; nil for `extractive`, which needs none.
  let languageModel: (any LanguageModel)?
  /// The same, which answers nothing from earlier replies.
  let refreshingModel: (any LanguageModel)?
  /// Counts what language models are asked.
  let meter: ModelMeter
  /// What they have answered.
  let replies: OpenedOnce<ReplyCache>

  /// What has been embedded.
  let vectors: OpenedOnce<VectorCache>

  /// - Parameter loadEmbedder: opens an embedding model by its name.
  init(_ configuration: Configuration, loadEmbedder: @escaping LoadEmbedder) {
    self.configuration = configuration
    self.loadEmbedder = loadEmbedder
    meter = ModelMeter(prices: configuration.modelPrices)
    replies = OpenedOnce { try ReplyCache(path: configuration.replyCacheFile) }
    vectors = OpenedOnce {
      try VectorCache(path: configuration.vectorCacheFile, limit: configuration.embedding.cacheLimit)
    }
    languageModel = Self.makeLanguageModel(configuration, meter: meter, replies: replies, refreshes: false)
    refreshingModel = Self.makeLanguageModel(configuration, meter: meter, replies: replies, refreshes: true)
  }

  /// An embedding model by its name. One that nobody knows is not kept: names come out of stores, too.
  func embedder(named name: String) -> OpenedOnce<any Embedder> {
    embedders.withLock { embedders in
      if let embedder = embedders[name] { return embedder }
      let embedder = OpenedOnce { [configuration, loadEmbedder] in try await loadEmbedder(configuration, name) }
      if EmbeddingModels.names.contains(name) || name == configuration.embedding.model { embedders[name] = embedder }
      return embedder
    }
  }

  private static func makeLanguageModel(
    _ configuration: Configuration, meter: ModelMeter, replies: OpenedOnce<ReplyCache>, refreshes: Bool
  ) -> (any LanguageModel)? {
    let models = configuration.libraryModels
    guard !models.isEmpty else { return nil }
    let opened = OpenedOnce<any LanguageModel> {
      let cache = try await replies.value()
      let made = try models.map {
        try $0.makeModel(
          meter: meter, cache: cache, refreshes: refreshes,
          certificateAuthorityFile: configuration.http.certificateAuthorityFile)
      }
      return made.count == 1 ? made[0] : FailoverModel(made[0], Array(made.dropFirst()))
    }
    return OpenedModel(name: models.map(\.modelName).joined(separator: ", else "), opened: opened, meter: meter)
  }
}

extension Configuration {
  /// The language models in the order in which they are asked; none for `extractive`.
  var libraryModels: [LanguageModelConfiguration] {
    ([languageModel] + fallbackModels).enumerated().compactMap { index, model in
      var model = model
      model.apiKey = apiKey(of: model)
      return model.libraryConfiguration(isFirst: index == 0)
    }
  }

  /// The file of what language models have answered.
  var replyCacheFile: String { cache.folder + "/language-models/replies.sqlite" }
}
