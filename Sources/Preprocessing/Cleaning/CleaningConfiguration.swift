/// How documents are cleaned: the `cleaning` part of a configuration.
public struct CleaningConfiguration: Codable, Hashable, Sendable {
  /// The rules to clean by.
  public var strategy: CleaningStrategy

  /// Makes a configuration; the default keeps Markdown.
  public init(strategy: CleaningStrategy = .markdown) {
    self.strategy = strategy
  }

  /// Reads a configuration; a missing key has its default.
  /// - Throws: ``PreprocessingError/invalidValue(key:value:expected:)`` for an unknown strategy.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    strategy = try container.decodeStrategy(forKey: .strategy, named: "cleaning.strategy") ?? .markdown
  }

  enum CodingKeys: String, CodingKey {
    case strategy
  }
}

/// A set of cleaning rules.
public enum CleaningStrategy: String, Codable, CaseIterable, Sendable {
  /// Keeps the Markdown structure and code; removes what hurts retrieval and training.
  case markdown
  /// The LLM Engineers Handbook's rule: everything but letters, digits, `_.,!?` and single spaces goes.
  case handbook
}
