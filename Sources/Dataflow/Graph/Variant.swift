/// The condition under which a step is the one that makes its product.
public struct Variant: Sendable {
  /// The name of the input that chooses.
  public let input: String
  /// The choice as text, for messages: `fast`, `not fast`, `fast or exact`.
  public let choice: String
  /// The type of the input.
  public let type: any Sendable.Type
  let matches: @Sendable (any Sendable) -> Bool
  /// Every value that the input can have, and whether the step is the one for it; nil if the values cannot be listed.
  let coverage: [(value: String, isCovered: Bool)]?
  /// Reads the input's value from a word, as the command line and records have it.
  let parse: @Sendable (String) -> (any Sendable)?

  /// Holds when the input equals `choice`.
  public init<Choice: Equatable & Sendable>(_ input: String, _ choice: Choice) {
    self.init(input, text: "\(choice)") { $0 == choice }
  }

  /// Holds when the input is anything but `choice`.
  public init<Choice: Equatable & Sendable>(_ input: String, not choice: Choice) {
    self.init(input, text: "not \(choice)") { $0 != choice }
  }

  /// Holds when the input is one of `choices`.
  public init<Choice: Equatable & Sendable>(_ input: String, in choices: [Choice]) {
    self.init(input, text: choices.map { "\($0)" }.joined(separator: " or ")) { choices.contains($0) }
  }

  private init<Choice: Equatable & Sendable>(
    _ input: String, text: String, _ holds: @escaping @Sendable (Choice) -> Bool
  ) {
    self.input = input
    choice = text
    type = Choice.self
    matches = { ($0 as? Choice).map(holds) ?? false }
    coverage = allValues(of: Choice.self).map { values in
      values.compactMap { $0 as? Choice }.map { ("\($0)", holds($0)) }
    }
    parse = { word in value(of: Choice.self, named: word) }
  }
}

private func allValues(of type: any Any.Type) -> [Any]? {
  guard let type = type as? any CaseIterable.Type else { return nil }
  func values<Type: CaseIterable>(_ type: Type.Type) -> [Any] { type.allCases.map { $0 } }
  return values(type)
}

private func value<Choice: Sendable>(of type: Choice.Type, named word: String) -> (any Sendable)? {
  func raw<Raw: RawRepresentable>(_ type: Raw.Type) -> Any? {
    (word as? Raw.RawValue).flatMap { Raw(rawValue: $0) }
  }
  if let type = type as? any RawRepresentable.Type, let value = raw(type) as? Choice { return value }
  return allValues(of: type)?.first { "\($0)" == word } as? Choice
}
