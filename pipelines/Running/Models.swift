import Dispatch
import LanguageModel
import Synchronization

/// The models that a configuration names, and those that vectors were made by before, each loaded by its first use.
final class Models: Sendable {
  typealias LoadEmbedder = @Sendable (Configuration) throws -> any Embedder

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

  /// - Parameter loadEmbedder: reads the embedding model; it may take long, and runs on a thread of its own.
  init(_ configuration: Configuration, loadEmbedder: @escaping LoadEmbedder) {
    self.configuration = configuration
    self.loadEmbedder = loadEmbedder
    meter = ModelMeter(prices: configuration.modelPrices)
    replies = OpenedOnce { try ReplyCache(path: configuration.replyCacheFile) }
    languageModel = Self.makeLanguageModel(configuration, meter: meter, replies: replies, refreshes: false)
    refreshingModel = Self.makeLanguageModel(configuration, meter: meter, replies: replies, refreshes: true)
  }

  /// An embedding model by its name. One that nobody knows is not kept: names come out of stores, too.
  func embedder(named name: String) -> OpenedOnce<any Embedder> {
    embedders.withLock { embedders in
      if let embedder = embedders[name] { return embedder }
      var named = configuration
      named.embedding.model = name
      let embedder = OpenedOnce { [named, loadEmbedder] in try await onOwnThread { try loadEmbedder(named) } }
      if EmbeddingModels.names.contains(name) { embedders[name] = embedder }
      return embedder
    }
  }

  /// Reads the embedding model from its folder.
  static func loadEmbedder(_ configuration: Configuration) throws -> any Embedder {
    let settings = configuration.embedding
    return try EmbeddingModels.makeEmbedder(
      name: settings.model, modelsFolder: EmbeddingModels.folder(environment: configuration.environment),
      precision: Precision(rawValue: settings.precision) ?? .f32,
      overLimit: OverLimit(rawValue: settings.overLimit) ?? .error,
      prefixes: EmbeddingPrefixes(query: settings.queryPrefix, passage: settings.passagePrefix))
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

/// Does what blocks for long, such as reading weights, on a thread that is none of Swift's cooperative ones.
private func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(with: Result(catching: work)) }
  }
}
