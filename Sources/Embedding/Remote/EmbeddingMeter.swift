import Synchronization

/// What servers were asked for vectors, and what that took.
public struct EmbeddingUsage: Codable, Hashable, Sendable {
  /// The model.
  public var model: String
  /// The requests that were answered with vectors.
  public var requests = 0
  /// The texts that have vectors of it.
  public var texts = 0
  /// The tokens that the server counted; 0 where it counts none.
  public var tokens = 0
  /// The texts of which only the beginning was embedded.
  public var truncated = 0
  /// The texts that were embedded in several parts.
  public var windowed = 0
  /// What the tokens cost by the price table; nil without a price.
  public var cost: Double?

  enum CodingKeys: String, CodingKey {
    case model, requests, texts, tokens, truncated, windowed, cost
  }
}

/// Counts what a server is asked.
public final class EmbeddingMeter: Sendable {
  private let counts: Mutex<EmbeddingUsage>
  /// For a million tokens.
  private let price: Double?

  /// - Parameter price: for a million tokens; nil if nobody knows.
  init(model: String, price: Double?) {
    counts = Mutex(EmbeddingUsage(model: model))
    self.price = price
  }

  /// What was counted so far.
  public var usage: EmbeddingUsage {
    var usage = counts.withLock(\.self)
    usage.cost = price.map { Double(usage.tokens) * $0 / 1_000_000 }
    return usage
  }

  func note(texts: Int, tokens: Int?) {
    counts.withLock { counts in
      counts.requests += 1
      counts.texts += texts
      counts.tokens += tokens ?? 0
    }
  }

  func noteTruncated() { counts.withLock { $0.truncated += 1 } }

  func noteWindowed() { counts.withLock { $0.windowed += 1 } }
}
