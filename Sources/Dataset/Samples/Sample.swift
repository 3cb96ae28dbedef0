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

  /// What the model is told to be; empty for nothing.
  public var system: String {
    get {
      switch self {
      case .instruction(let sample): sample.system
      case .preference(let sample): sample.system
      }
    }
    set {
      switch self {
      case .instruction(var sample):
        sample.system = newValue
        self = .instruction(sample)
      case .preference(var sample):
        sample.system = newValue
        self = .preference(sample)
      }
    }
  }

  /// The answer that is not the author's; nil unless this is a preference.
  public var rejectedAnswer: String? {
    if case .preference(let sample) = self { sample.rejected } else { nil }
  }

  /// What a set of such samples trains.
  public var kind: DatasetKind {
    switch self {
    case .instruction: .instruction
    case .preference: .preference
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
