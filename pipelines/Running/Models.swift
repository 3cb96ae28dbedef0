import Dispatch
import LanguageModel
import Synchronization

/// The models that a configuration names, and those that vectors were made by before, each loaded by its first use.
final class Models: Sendable {
  typealias LoadEmbedder = @Sendable (Configuration) throws -> any Embedder

  private let configuration: Configuration
  private let loadEmbedder: LoadEmbedder
  private let embedders = Mutex<[String: OpenedOnce<any Embedder>]>([:])
  /// The driver of the language model; nil for `extractive`, which needs none.
  let languageModel: OpenedOnce<(any LanguageModel)?>

  /// - Parameter loadEmbedder: reads the embedding model; it may take long, and runs on a thread of its own.
  init(_ configuration: Configuration, loadEmbedder: @escaping LoadEmbedder) {
    self.configuration = configuration
    self.loadEmbedder = loadEmbedder
    languageModel = OpenedOnce { try Self.makeLanguageModel(configuration) }
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
      overLimit: OverLimit(rawValue: settings.overLimit) ?? .error)
  }

  private static func makeLanguageModel(_ configuration: Configuration) throws -> (any LanguageModel)? {
    let settings = configuration.languageModel
    guard let provider = LanguageModelConfiguration.Provider(rawValue: settings.provider) else { return nil }
    return try LanguageModelConfiguration(
      provider: provider, model: settings.model ?? "", endpoint: settings.endpoint, apiKey: settings.apiKey,
      context: settings.context, timeout: settings.timeout
    ).makeModel(certificateAuthorityFile: configuration.http.certificateAuthorityFile)
  }
}

/// Does what blocks for long, such as reading weights, on a thread that is none of Swift's cooperative ones.
private func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(with: Result(catching: work)) }
  }
}
