import ArgumentParser
import Foundation
import Pipelines

/// The option that names an embedding model, without a configuration.
struct ModelOptions: ParsableArguments {
  @Option(help: "The embedding model: \(EmbeddingModels.names.joined(separator: " or ")).")
  var model = EmbeddingModels.miniLM

  func validate() throws { try Self.validate(model) }

  private static func validate(_ model: String) throws {
    let names = EmbeddingModels.names
    guard !names.contains(model) else { return }
    let error = EmbeddingError.unknownModel(name: model, nearest: nearestName(to: model, in: names), known: names)
    throw ValidationError("\(error)")
  }

  /// The model's tokenizer; the weights are not read.
  func tokenizer() throws -> any Tokenizer { try Self.tokenizer(of: model) }

  /// The tokenizer of a model; the weights are not read.
  static func tokenizer(of model: String) throws -> any Tokenizer {
    try validate(model)
    return try namingTheFlag { try EmbeddingModels.makeTokenizer(name: model, modelsFolder: $0) }
  }

  /// The model.
  func embedder(precision: Precision, overLimit: OverLimit) throws -> any Embedder {
    try Self.namingTheFlag {
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
