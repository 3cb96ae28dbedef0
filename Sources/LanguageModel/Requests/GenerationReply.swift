/// What a model answered, and what it cost.
public struct GenerationReply: Hashable, Sendable {
  /// The text.
  public var text: String
  /// The text as JSON, when the request had a schema; it fits that schema.
  public var json: JSONValue?
  /// The model that answered, as ``LanguageModel/name`` has it; of several that stand in for each other, this one.
  public var model: String
  /// Why it ended.
  public var finishReason: FinishReason
  /// The tokens, when the server told.
  public var usage: TokenUsage?
  /// How long it took, retries included, in seconds.
  public var seconds: Double
  /// How long the server says that it took, if it does.
  public var timing: ServerTiming?
  /// How often the request was sent.
  public var attempts: Int
  /// What was done to get JSON out of the text, or to make the model write it.
  public var notes: [ReplyNote]
  /// Whether it was kept from an earlier request, so that it cost nothing now.
  public var isCached: Bool
  /// What the server said of its limits; it is not kept.
  package var limits: RateLimits?

  /// Makes a reply; see the properties.
  public init(
    text: String, json: JSONValue? = nil, model: String = "", finishReason: FinishReason = .stop,
    usage: TokenUsage? = nil, seconds: Double = 0, timing: ServerTiming? = nil, attempts: Int = 1,
    notes: [ReplyNote] = [], isCached: Bool = false
  ) {
    self.text = text
    self.json = json
    self.model = model
    self.finishReason = finishReason
    self.usage = usage
    self.seconds = seconds
    self.timing = timing
    self.attempts = attempts
    self.notes = notes
    self.isCached = isCached
  }

  /// The tokens of the reply for each second of generating: by the server's clock, else by ours; nil if nobody counted
  /// them.
  public var tokensPerSecond: Double? {
    let time = timing?.generationSeconds ?? seconds
    guard let usage, time > 0 else { return nil }
    return Double(usage.completion) / time
  }
}

extension GenerationReply: Codable {
  enum CodingKeys: String, CodingKey {
    case text, json, model, usage, seconds, timing, attempts, notes
    case finishReason = "finish_reason"
    case isCached = "cached"
  }
}
