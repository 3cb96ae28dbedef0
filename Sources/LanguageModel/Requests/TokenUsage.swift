/// How many tokens went in and came out.
public struct TokenUsage: Codable, Hashable, Sendable {
  /// The tokens of the messages.
  public var prompt: Int
  /// The tokens of the reply.
  public var completion: Int

  /// Makes a usage.
  public init(prompt: Int, completion: Int) {
    self.prompt = prompt
    self.completion = completion
  }
}
