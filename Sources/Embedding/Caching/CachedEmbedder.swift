public import Domain
import Foundation
import Synchronization
public import Tokenizers

/// An embedder that asks another one only for what it has not embedded before.
///
/// Passages are kept. Questions are not: what somebody searched for is nobody's business.
public final class CachedEmbedder: Embedder {
  /// How many vectors were found, and how many were made.
  public struct Tally: Codable, Hashable, Sendable {
    /// From the cache.
    public var found = 0
    /// By the model.
    public var made = 0
  }

  /// The model of the other one.
  public var model: EmbeddingModelInfo { embedder.model }
  /// The tokenizer of the other one.
  public var tokenizer: any Tokenizer { embedder.tokenizer }
  private let embedder: any Embedder
  private let cache: @Sendable () async throws -> VectorCache
  private let counts = Mutex(Tally())

  /// Puts a cache before an embedder.
  public convenience init(_ embedder: any Embedder, cache: VectorCache) { self.init(embedder) { cache } }

  /// Puts a cache, which the first text opens, before an embedder.
  public init(_ embedder: any Embedder, opening cache: @escaping @Sendable () async throws -> VectorCache) {
    self.embedder = embedder
    self.cache = cache
  }

  /// How many texts the other one cut.
  public var truncatedTexts: Int { embedder.truncatedTexts }

  /// What the other one asked of a server.
  public var usage: EmbeddingUsage? { embedder.usage }

  /// What was asked so far.
  public var tally: Tally { counts.withLock(\.self) }

  /// The vectors of `texts`, of which equal ones are embedded once.
  ///
  /// - Throws: what the embedder throws; `StorageError`.
  public func embed(_ texts: [String]) async throws -> [[Float]] {
    if texts.isEmpty { return [] }
    let cache = try await cache()
    let keys = texts.map { VectorCache.key(of: $0, by: model) }
    var known = try await cache.vectors(for: Array(Set(keys)), dimension: model.dimension)
    var missing: [(key: Data, text: String, index: Int)] = []
    var asked: Set<Data> = []
    for (index, key) in keys.enumerated() where known[key] == nil && asked.insert(key).inserted {
      missing.append((key, texts[index], index))
    }
    counts.withLock { [made = missing.count] in
      $0.found += keys.count - made
      $0.made += made
    }
    if !missing.isEmpty {
      let made: [[Float]]
      do {
        made = try await embedder.embed(missing.map(\.text))
      } catch let error as EmbeddingError {
        throw error.renumbered { missing[$0].index }
      }
      let pairs = zip(missing, made).map { (key: $0.key, vector: $1) }
      try await cache.store(pairs)
      for (key, vector) in pairs { known[key] = vector }
    }
    return keys.compactMap { known[$0] }
  }

  /// The vectors of questions, as the other one makes them.
  ///
  /// - Throws: what the embedder throws.
  public func embed(queries texts: [String]) async throws -> [[Float]] { try await embedder.embed(queries: texts) }
}

extension EmbeddingError {
  /// The same about another text, where it is about one.
  func renumbered(_ number: (Int) -> Int) -> EmbeddingError {
    switch self {
    case .tooLong(let index, let tokens, let limit): .tooLong(index: number(index), tokens: tokens, limit: limit)
    case .refusedAsTooLong(let index, let model, let reason):
      .refusedAsTooLong(index: number(index), model: model, reason: reason)
    case .notANumber(let index): .notANumber(index: number(index))
    default: self
    }
  }
}
