/// Models that want to be asked in the same way.
public enum ModelFamily: String, Codable, CaseIterable, Hashable, Sendable {
  /// Mistral 7B and its like.
  case mistral
  /// Llama 3.1.
  case llama31 = "llama3.1"
  /// Phi-3.
  case phi3 = "phi-3"

  /// The family that a model's name tells of, such as `mistral:7b` or `Meta-Llama-3.1-8B-Instruct`; nil for any other.
  public init?(model: String) {
    let plain = model.lowercased().filter { $0.isLetter || $0.isNumber }
    switch true {
    case plain.contains("llama31"): self = .llama31
    case plain.contains("phi3"): self = .phi3
    case plain.contains("mistral"): self = .mistral
    default: return nil
    }
  }

  /// How freely it writes.
  public var temperature: Double { self == .phi3 ? 0.2 : 0.1 }

  /// The longest reply, in tokens.
  public var maximumTokens: Int {
    switch self {
    case .mistral: 4000
    case .llama31: 8000
    case .phi3: 2000
    }
  }

  /// Whether it was trained with messages of the system; for the others their text begins the user's first message.
  public var readsSystemMessages: Bool { self == .llama31 }
}
