/// The condition under which a step is the one that makes its product.
public struct Variant: Sendable {
  /// The name of the input that chooses.
  public let input: String
  /// The choice as text, for messages.
  public let choice: String
  /// The type of the input.
  public let type: any Sendable.Type
  let matches: @Sendable (any Sendable) -> Bool

  /// Holds when the input equals `choice`.
  public init<Choice: Equatable & Sendable>(_ input: String, _ choice: Choice) {
    self.input = input
    self.choice = "\(choice)"
    type = Choice.self
    matches = { $0 as? Choice == choice }
  }
}
