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
