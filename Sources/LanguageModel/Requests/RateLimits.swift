package import Foundation
package import HTTP

/// What a server says is left of its limits: OpenAI's `x-ratelimit-…` and Anthropic's `anthropic-ratelimit-…` fields.
package struct RateLimits: Hashable, Sendable {
  /// The requests that are left.
  package var requests: Double?
  /// In how many seconds all requests are allowed again.
  package var requestsReset: Double?
  /// The tokens that are left; of several kinds, the least.
  package var tokens: Double?
  /// In how many seconds all tokens are allowed again.
  package var tokensReset: Double?

  /// The longest wait that is believed, in seconds: limits are of a minute or a day, and a day's are not waited for.
  private static let longest = 3600.0

  /// Nil when the server says nothing of the kind.
  package init?(_ headers: HTTPHeaders, now: Date = Date()) {
    requests = count(headers["x-ratelimit-remaining-requests"] ?? headers["anthropic-ratelimit-requests-remaining"])
    requestsReset =
      duration(headers["x-ratelimit-reset-requests"]) ?? date(headers["anthropic-ratelimit-requests-reset"], now)
    let kinds = ["tokens", "input-tokens", "output-tokens"]
    tokens =
      count(headers["x-ratelimit-remaining-tokens"])
      ?? kinds.compactMap { count(headers["anthropic-ratelimit-\($0)-remaining"]) }.min()
    tokensReset =
      duration(headers["x-ratelimit-reset-tokens"])
      ?? kinds.compactMap { date(headers["anthropic-ratelimit-\($0)-reset"], now) }.max()
    requestsReset = requestsReset.map { min($0, Self.longest) }
    tokensReset = tokensReset.map { min($0, Self.longest) }
    if requests == nil && tokens == nil { return nil }
  }
}

private func count(_ text: String?) -> Double? {
  text.flatMap(Double.init).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
}

/// OpenAI's `1h2m3.5s`, `6ms`; a plain number is of seconds.
private func duration(_ text: String?) -> Double? {
  guard let text else { return nil }
  if let seconds = Double(text) { return seconds.isFinite && seconds >= 0 ? seconds : nil }
  var total = 0.0
  var rest = text[...]
  while !rest.isEmpty {
    let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let value = Double(digits) else { return nil }
    rest = rest.dropFirst(digits.count)
    let unit = rest.prefix { $0.isLetter }
    guard let seconds = ["ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400][String(unit)] else { return nil }
    total += value * seconds
    rest = rest.dropFirst(unit.count)
  }
  return total
}

/// How far a date of RFC 3339 lies ahead, in seconds.
private func date(_ text: String?, _ now: Date) -> Double? {
  text.flatMap { try? Date($0, strategy: .iso8601) }.map { max(0, $0.timeIntervalSince(now)) }
}
