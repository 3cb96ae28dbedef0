/// What a model's tokens cost, in the currency of the price table.
public struct ModelPrice: Codable, Hashable, Sendable {
  /// For a million tokens of prompts.
  public var input: Double
  /// For a million tokens of replies.
  public var output: Double

  /// Makes a price.
  public init(input: Double, output: Double) {
    self.input = input
    self.output = output
  }

  /// What so many tokens cost.
  public func cost(_ usage: TokenUsage) -> Double {
    (Double(usage.prompt) * input + Double(usage.completion) * output) / 1_000_000
  }
}
