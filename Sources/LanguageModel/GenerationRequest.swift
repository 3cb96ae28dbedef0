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

/// One message of a conversation.
public struct Message: Codable, Hashable, Sendable {
  /// Who speaks.
  public enum Role: String, Codable, Sendable {
    /// Who sets the rules.
    case system
    /// Who asks.
    case user
    /// Who answers.
    case assistant
  }

  /// Who speaks.
  public var role: Role
  /// What is said.
  public var content: String

  /// Makes a message.
  public init(_ role: Role, _ content: String) {
    self.role = role
    self.content = content
  }
}

/// How to choose among likely words.
public struct Sampling: Codable, Hashable, Sendable {
  /// 0 for the likeliest word; higher for more variety.
  public var temperature: Double
  /// Makes the same request give the same reply, where the server can.
  public var seed: Int?
  /// The most tokens of the reply.
  public var maximumTokens: Int

  /// Makes a sampling; the defaults suit generating data: some variety, a fixed seed.
  public init(temperature: Double = 0.7, seed: Int? = 1, maximumTokens: Int = 2048) {
    self.temperature = temperature
    self.seed = seed
    self.maximumTokens = maximumTokens
  }
}
