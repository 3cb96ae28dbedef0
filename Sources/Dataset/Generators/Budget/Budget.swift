/// What may be spent on a model: so many calls, so many tokens, or so much money by the price table.
public enum Budget: Hashable, Sendable, CustomStringConvertible {
  /// Requests that are answered by the model and not from the cache.
  case calls(Int)
  /// Tokens of prompts and replies together.
  case tokens(Int)
  /// Money, in the currency of the price table.
  case cost(Double)

  /// Reads `500 calls`, `200000 tokens`, or an amount of money such as `2.50`; nil for anything else, and for less than
  /// nothing.
  public init?(_ text: String) {
    let words = text.split(separator: " ")
    let number = words.first.map { String($0).replacing("_", with: "") } ?? ""
    switch words.count {
    case 1:
      guard let amount = Double(number), amount.isFinite, amount >= 0 else { return nil }
      self = .cost(amount)
    case 2:
      guard let count = Int(number), count >= 0 else { return nil }
      switch words[1] {
      case "calls", "call": self = .calls(count)
      case "tokens", "token": self = .tokens(count)
      default: return nil
      }
    default: return nil
    }
  }

  /// As it is written.
  public var description: String {
    switch self {
    case .calls(let count): "\(count) calls"
    case .tokens(let count): "\(count) tokens"
    case .cost(let amount): "\(amount)"
    }
  }
}
