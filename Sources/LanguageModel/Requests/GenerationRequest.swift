/// What to ask a model.
public struct GenerationRequest: Codable, Hashable, Sendable {
  /// The conversation so far; the last message is the user's.
  public var messages: [Message]
  /// How to choose among likely words.
  public var sampling: Sampling
  /// The shape of the reply; nil for free text.
  public var schema: ResponseSchema?
  /// What the request is about, such as a document's identifier. It is never sent, nor does it make a request another
  /// one: a cache forgets by it what was answered (``ReplyCache/forget(subjects:)``).
  public var subject: String?

  /// Makes a request; see the properties.
  public init(
    messages: [Message], sampling: Sampling = Sampling(), schema: ResponseSchema? = nil, subject: String? = nil
  ) {
    self.messages = messages
    self.sampling = sampling
    self.schema = schema
    self.subject = subject
  }
}
