/// A cleaned document, and what was taken out of it.
public struct CleaningResult: Sendable, Codable, Hashable, ItemNamed {
  /// The document.
  public var document: CleanedDocument
  /// What was taken out of it.
  public var removals: Removals

  /// The document's link.
  public var itemName: String { document.link }
}

/// What cleaning took out of documents that a reader would miss.
public struct Removals: Sendable, Codable, Hashable {
  /// How many pieces of personal data were replaced, by kind.
  public var personalData: [String: Int] = [:]
  /// How many lines of boilerplate were left out.
  public var boilerplateLines = 0

  enum CodingKeys: String, CodingKey {
    case personalData = "personal_data"
    case boilerplateLines = "boilerplate_lines"
  }

  /// Adds what was taken out of other documents.
  mutating func add(_ other: Removals) {
    personalData.merge(other.personalData, uniquingKeysWith: +)
    boilerplateLines += other.boilerplateLines
  }
}

extension Removals {
  init(_ text: CleanedText) {
    personalData = Dictionary(uniqueKeysWithValues: text.personalData.map { ($0.key.rawValue, $0.value) })
    boilerplateLines = text.boilerplateLines
  }
}
