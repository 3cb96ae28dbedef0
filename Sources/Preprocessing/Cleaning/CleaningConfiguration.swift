/// How documents are cleaned: the `cleaning` part of a configuration.
public struct CleaningConfiguration: Codable, Hashable, Sendable {
  /// The rules to clean by.
  public var strategy: CleaningStrategy
  /// The personal data that is replaced by its kind in brackets; none by default.
  public var personalData: Set<PersonalDataKind>
  /// The lines that are left out because many documents of an author repeat them; nil for none.
  public var boilerplate: BoilerplateRule?

  /// Makes a configuration; the default keeps Markdown and leaves out boilerplate.
  public init(
    strategy: CleaningStrategy = .markdown, personalData: Set<PersonalDataKind> = [],
    boilerplate: BoilerplateRule? = BoilerplateRule()
  ) {
    self.strategy = strategy
    self.personalData = personalData
    self.boilerplate = boilerplate
  }

  /// Reads a configuration; a missing key has its default.
  /// - Throws: ``PreprocessingError/invalidValue(key:value:expected:)`` for an unknown strategy.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    strategy = try container.decodeStrategy(forKey: .strategy, named: "cleaning.strategy") ?? strategy
    personalData = try container.decodeIfPresent(Set<PersonalDataKind>.self, forKey: .personalData) ?? personalData
    if container.contains(.boilerplate) {
      boilerplate = try container.decodeIfPresent(BoilerplateRule.self, forKey: .boilerplate)
    }
  }

  /// Writes every value; kinds in a fixed order.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(strategy, forKey: .strategy)
    try container.encode(personalData.sorted { $0.rawValue < $1.rawValue }, forKey: .personalData)
    try container.encode(boilerplate, forKey: .boilerplate)
  }

  enum CodingKeys: String, CodingKey {
    case strategy
    case personalData = "personal_data"
    case boilerplate
  }
}

/// A set of cleaning rules.
public enum CleaningStrategy: String, Codable, CaseIterable, Sendable {
  /// Keeps the Markdown structure and code; removes what hurts retrieval and training.
  case markdown
  /// The LLM Engineers Handbook's rule: everything but letters, digits, `_.,!?` and single spaces goes.
  case handbook
}
