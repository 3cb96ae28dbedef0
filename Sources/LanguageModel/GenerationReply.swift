/// What a model answered, and what it cost.
public struct GenerationReply: Hashable, Sendable {
  /// The text.
  public var text: String
  /// The text as JSON, when the request had a schema; it fits that schema.
  public var json: JSONValue?
  /// The tokens, when the server told.
  public var usage: TokenUsage?
  /// How long it took, retries included, in seconds.
  public var seconds: Double

  /// Makes a reply; see the properties.
  public init(text: String, json: JSONValue? = nil, usage: TokenUsage? = nil, seconds: Double = 0) {
    self.text = text
    self.json = json
    self.usage = usage
    self.seconds = seconds
  }
}
