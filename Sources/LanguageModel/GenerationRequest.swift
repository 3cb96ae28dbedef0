/// What to ask a model.
public struct GenerationRequest: Hashable, Sendable {
  /// The conversation so far; the last message is the user's.
  public var messages: [Message]
  /// How to choose among likely words.
  public var sampling: Sampling
  /// The shape of the reply; nil for free text.
  public var schema: ResponseSchema?

  /// Makes a request; see the properties.
  public init(messages: [Message], sampling: Sampling = Sampling(), schema: ResponseSchema? = nil) {
    self.messages = messages
    self.sampling = sampling
    self.schema = schema
  }
}
