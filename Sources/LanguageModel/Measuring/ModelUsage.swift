/// What a model was asked, and what that took and cost: a part of the record of a run.
public struct ModelUsage: Codable, Hashable, Sendable {
  /// The model as ``LanguageModel/name`` has it.
  public var model: String
  /// The requests that were made.
  public var requests = 0
  /// The replies that came from a cache; they are no requests.
  public var cached = 0
  /// The requests that gave no reply, by the kind of failure.
  public var errors: [String: Int] = [:]
  /// The attempts beyond the first of each request.
  public var retries = 0
  /// The tokens of all prompts.
  public var promptTokens = 0
  /// The tokens of all replies.
  public var completionTokens = 0
  /// What they cost by the price table; nil when it does not have the model.
  public var cost: Double?
  /// The seconds that half of the requests did not exceed, to 2 %.
  public var p50: Double?
  /// The seconds that 95 of 100 did not exceed.
  public var p95: Double?
  /// The seconds that 99 of 100 did not exceed.
  public var p99: Double?
  /// The tokens of replies for each second of generating.
  public var tokensPerSecond: Double?
  /// How the model keeps to schemas, when that was found out.
  public var schema: SchemaEnforcement?

  /// Nothing yet.
  public init(model: String) { self.model = model }

  enum CodingKeys: String, CodingKey {
    case model, requests, cached, errors, retries, cost, p50, p95, p99, schema
    case promptTokens = "prompt_tokens"
    case completionTokens = "completion_tokens"
    case tokensPerSecond = "tokens_per_second"
  }
}
