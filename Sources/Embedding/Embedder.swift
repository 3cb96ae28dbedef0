public import Domain
public import Tokenizers

/// Turns texts into vectors whose cosine says how near their meanings are.
///
/// Conforming types are immutable once made, so that one loaded model serves every task.
public protocol Embedder: Sendable {
  /// Which model makes the vectors.
  var model: EmbeddingModelInfo { get }
  /// The tokenizer by whose tokens ``Domain/EmbeddingModelInfo/maximumTokens`` counts.
  var tokenizer: any Tokenizer { get }
  /// What a server was asked for so far; nil for models that run here.
  var usage: EmbeddingUsage? { get }
  /// The vectors of `texts`, in their order: `model.dimension` components each, of length one.
  ///
  /// Long lists are worth giving whole: the embedder groups them as suits it, off the cooperative pool.
  ///
  /// - Throws: ``EmbeddingError``, among others ``EmbeddingError/tooLong(index:tokens:limit:)`` for a text over the limit
  ///   of the model; `CancellationError` when the task is cancelled. There is then no vector for any of `texts`.
  func embed(_ texts: [String]) async throws -> [[Float]]
  /// The vectors of questions to search by. Many models are told what a text is, since a question is not written like its
  /// answer; for the others it is a text like any.
  ///
  /// - Throws: as ``embed(_:)``.
  func embed(queries texts: [String]) async throws -> [[Float]]
}

extension Embedder {
  /// Nothing: no server is asked.
  public var usage: EmbeddingUsage? { nil }

  /// The vectors of texts like any.
  public func embed(queries texts: [String]) async throws -> [[Float]] { try await embed(texts) }
}
