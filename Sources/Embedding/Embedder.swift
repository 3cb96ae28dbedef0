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
  /// How many texts were cut since the embedder was made, because they were too long and ``OverLimit/truncate`` was asked
  /// for.
  var truncatedTexts: Int { get }
  /// The vectors of what is searched for. Some models were trained with other words before a query than before what it
  /// finds, or are told what a text is; by default both are the same.
  ///
  /// - Throws: as ``embed(_:)`` does.
  func embed(queries: [String]) async throws -> [[Float]]
}

extension Embedder {
  /// None.
  public var truncatedTexts: Int { 0 }

  /// Nothing: no server is asked.
  public var usage: EmbeddingUsage? { nil }

  /// The vectors of `queries` as if they were passages.
  ///
  /// - Throws: as ``embed(_:)`` does.
  public func embed(queries: [String]) async throws -> [[Float]] { try await embed(queries) }
}
