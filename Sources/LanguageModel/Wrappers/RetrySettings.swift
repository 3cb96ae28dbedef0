/// How often a request is sent again, and after how long a pause: the contract of OpenAI's and Anthropic's own clients.
public struct RetrySettings: Codable, Hashable, Sendable {
  /// How often a request is sent at most.
  public var attempts: Int
  /// The pause before the second attempt, in seconds.
  public var firstPause: Double
  /// By what the pause grows from one attempt to the next.
  public var factor: Double
  /// The longest pause of our own choice, in seconds.
  public var ceiling: Double
  /// The longest pause that a server may ask for, in seconds; one that asks for more is not asked again.
  public var longestAsked: Double

  /// Makes settings; the defaults are those of the clients, whose first pause is 0.5 s and whose ceiling is 8 s.
  public init(
    attempts: Int = 3, firstPause: Double = 0.5, factor: Double = 2, ceiling: Double = 8, longestAsked: Double = 120
  ) {
    self.attempts = attempts
    self.firstPause = firstPause
    self.factor = factor
    self.ceiling = ceiling
    self.longestAsked = longestAsked
  }

  /// Whether a failure is worth another attempt, by its kind.
  ///
  /// What the server says (`x-should-retry`) counts first; but a request that was bad (400, 401, 403, 404, 422) stays bad.
  /// Replies that were cut off, declined or unfit are for the caller to ask for again: its budget is another one.
  func isRetried(_ error: LanguageModelError) -> Bool {
    switch error {
    case .unreachable(_, _, _, let isTransient): isTransient
    case .rateLimited(_, _, let advice): advice.shouldRetry ?? true
    case .refused(_, let status, _, let advice):
      ![400, 401, 403, 404, 422].contains(status)
        && (advice.shouldRetry ?? (status >= 500 || [408, 409].contains(status)))
    case .brokenOff: true
    default: false
    }
  }

  /// The pause after an attempt, in seconds; nil if the server asks for too long a one.
  ///
  /// - Parameters:
  ///   - attempt: how often the request was sent, from 1.
  ///   - random: from 0 to 1; a quarter of our own pause is left to chance.
  func pause(after attempt: Int, _ error: LanguageModelError, random: Double) -> Double? {
    if let asked = error.advice?.pause { return asked <= longestAsked ? asked : nil }
    var pause = firstPause
    for _ in 1..<max(1, attempt) { pause = min(ceiling, pause * factor) }
    return min(ceiling, pause) * (1 - 0.25 * random)
  }
}

extension LanguageModelError {
  /// What the server said about asking again.
  package var advice: RetryAdvice? {
    switch self {
    case .refused(_, _, _, let advice), .rateLimited(_, _, let advice): advice
    default: nil
    }
  }
}
