public import Foundation
public import HTTP

/// What a server says about asking again, in the header fields that OpenAI's and Anthropic's own clients obey.
public struct RetryAdvice: Codable, Hashable, Sendable {
  /// `x-should-retry`; nil when the server leaves it to the status.
  public var shouldRetry: Bool?
  /// The pause that it asks for, in seconds: `retry-after-ms`, else `retry-after` as seconds or as a date.
  public var pause: Double?
  /// Its limits, if it told.
  package var limits: RateLimits?

  /// Makes an advice; see the properties.
  public init(shouldRetry: Bool? = nil, pause: Double? = nil) {
    self.shouldRetry = shouldRetry
    self.pause = pause
  }

  /// Reads the fields.
  public init(_ headers: HTTPHeaders, now: Date = Date()) {
    switch headers["x-should-retry"]?.lowercased() {
    case "true": shouldRetry = true
    case "false": shouldRetry = false
    default: shouldRetry = nil
    }
    pause = Self.pause(headers, now: now).map { min($0, Self.longest) }
    limits = RateLimits(headers, now: now)
  }

  /// The longest pause that is understood, in seconds: about eleven days.
  private static let longest = 1e6

  private static func pause(_ headers: HTTPHeaders, now: Date) -> Double? {
    if let milliseconds = headers["retry-after-ms"].flatMap(Double.init), milliseconds.isFinite, milliseconds >= 0 {
      return milliseconds / 1000
    }
    guard let value = headers["retry-after"] else { return nil }
    if let seconds = Double(value), seconds.isFinite { return max(0, seconds) }
    return retryAfterSeconds(value, now: now)
  }

  /// ` 20 s`, or nothing.
  var wait: String { pause.map { " \(Int($0.rounded(.up))) s" } ?? "" }

  enum CodingKeys: String, CodingKey {
    case shouldRetry = "should_retry"
    case pause
  }
}
