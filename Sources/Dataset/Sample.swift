public import Domain

/// A sample of either kind.
public enum Sample: Codable, Hashable, Sendable, Identifiable {
  /// An instruction and its answer.
  case instruction(InstructSample)
  /// A prompt, the author's answer, and a worse one.
  case preference(PreferenceSample)

  /// The sample's identifier.
  public var id: Identifier {
    switch self {
    case .instruction(let sample): sample.id
    case .preference(let sample): sample.id
    }
  }

  /// What is asked.
  public var instruction: String {
    get {
      switch self {
      case .instruction(let sample): sample.instruction
      case .preference(let sample): sample.prompt
      }
    }
    set {
      switch self {
      case .instruction(var sample):
        sample.instruction = newValue
        self = .instruction(sample)
      case .preference(var sample):
        sample.prompt = newValue
        self = .preference(sample)
      }
    }
  }

  /// The author's answer.
  public var answer: String {
    switch self {
    case .instruction(let sample): sample.output
    case .preference(let sample): sample.chosen
    }
  }

  /// Where it comes from.
  public var provenance: Provenance {
    switch self {
    case .instruction(let sample): sample.provenance
    case .preference(let sample): sample.provenance
    }
  }
}
