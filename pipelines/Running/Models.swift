import Dispatch
import LanguageModel

/// The models that a configuration names, each loaded by its first use.
struct Models: Sendable {
  let embedder: OpenedOnce<any Embedder>
  /// The driver of the language model; nil for `extractive`, which needs none.
  let languageModel: OpenedOnce<(any LanguageModel)?>

  /// - Parameter loadEmbedder: reads the embedding model; it may take long, and runs on a thread of its own.
  init(_ configuration: Configuration, loadEmbedder: @escaping @Sendable (Configuration) throws -> any Embedder) {
    embedder = OpenedOnce { try await onOwnThread { try loadEmbedder(configuration) } }
    languageModel = OpenedOnce { try Self.makeLanguageModel(configuration) }
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
