/// What the language model would cost a run.
public struct DatasetPrice: Codable, Sendable {
  /// The model.
  public var model: String
  /// How many extracts there are.
  public var extracts: Int
  /// How many requests would be made.
  public var calls: Int
  /// How many are answered from the cache.
  public var cached: Int
  /// About how many tokens the prompts of these calls have.
  public var promptTokens: Int
  /// How many tokens the replies have at most.
  public var completionTokens: Int
  /// What that costs at most by the price table; nil if that has no such model.
  public var cost: Double?

  enum CodingKeys: String, CodingKey {
    case model, extracts, calls, cached
    case promptTokens = "prompt_tokens"
    case completionTokens = "completion_tokens"
    case cost
  }
}
