import ArgumentParser
import Foundation
import Pipelines

/// The option that names an embedding model, without a configuration.
struct ModelOptions: ParsableArguments {
  @Option(help: "The embedding model: \(EmbeddingModels.names.joined(separator: " or ")).")
  var model = EmbeddingModels.miniLM

  func validate() throws {
    if remote == nil { try Self.validate(model) }
  }

  /// How a model on a server is asked: `PROVIDER/NAME`, as stored vectors know it; nil for one that runs here.
  var remote: RemoteEmbeddingConfiguration? {
    let parts = model.split(separator: "/", maxSplits: 1).map(String.init)
    guard parts.count == 2, let provider = RemoteEmbeddingProvider(rawValue: parts[0]) else { return nil }
    let environment = ProcessInfo.processInfo.environment
    return RemoteEmbeddingConfiguration(
      provider: provider, model: parts[1], apiKey: provider.keyVariable.flatMap { environment[$0] })
  }

  private static func validate(_ model: String) throws {
    let names = EmbeddingModels.names
    guard !names.contains(model) else { return }
    let error = EmbeddingError.unknownModel(name: model, nearest: nearestName(to: model, in: names), known: names)
    throw ValidationError("\(error)")
  }

  /// The model's tokenizer; the weights are not read.
  func tokenizer() throws -> any Tokenizer { try remote == nil ? Self.tokenizer(of: model) : WordTokenizer() }

  /// The tokenizer of a model; the weights are not read.
  static func tokenizer(of model: String) throws -> any Tokenizer {
    try validate(model)
    return try namingTheFlag { try EmbeddingModels.makeTokenizer(name: model, modelsFolder: $0) }
  }

  /// The model.
  ///
  /// - Parameter endpoint: the address of a server's model; nil for its provider's own, the only one that is sent the key
  ///   of the environment.
  func embedder(precision: Precision, overLimit: OverLimit, endpoint: String?) async throws -> any Embedder {
    if var remote {
      remote.overLimit = overLimit
      if let endpoint { (remote.endpoint, remote.apiKey) = (endpoint, nil) }
      let environment = ProcessInfo.processInfo.environment
      let client = HTTPClient(configuration: try HTTPClientConfiguration(environment: environment))
      return try await RemoteEmbedder(remote, tokenizer: WordTokenizer(), client: client)
    }
    return try Self.namingTheFlag {
      try EmbeddingModels.makeEmbedder(name: model, modelsFolder: $0, precision: precision, overLimit: overLimit)
    }
  }

  /// Adds to the advice on missing weights how it is followed here.
  private static func namingTheFlag<Value>(_ load: (String) throws -> Value) throws -> Value {
    do {
      return try load(EmbeddingModels.folder(environment: ProcessInfo.processInfo.environment))
    } catch let error as EmbeddingError {
      guard case .notInstalled = error else { throw error }
      throw InputError.missingModel(reason: error.description)
    }
  }
}
