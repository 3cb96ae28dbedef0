/// How much may be asked of a model.
public struct ModelLimits: Codable, Hashable, Sendable {
  /// The most requests under way at once.
  public var concurrency: Int
  /// The most requests in a minute; nil for any number.
  public var requestsPerMinute: Double?
  /// The most tokens in a minute, of prompts and replies; nil for any number.
  public var tokensPerMinute: Double?
  /// How long nothing is asked after a 429 that names no time, in seconds.
  public var pauseAfterRefusal: Double

  /// Makes limits; see the properties.
  public init(
    concurrency: Int = 4, requestsPerMinute: Double? = nil, tokensPerMinute: Double? = nil,
    pauseAfterRefusal: Double = 10
  ) {
    self.concurrency = concurrency
    self.requestsPerMinute = requestsPerMinute
    self.tokensPerMinute = tokensPerMinute
    self.pauseAfterRefusal = pauseAfterRefusal
  }
}
