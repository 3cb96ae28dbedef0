/// The name of a crawler, as a configuration spells it; a user's own crawlers have names of their own.
public struct CrawlerKind: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible {
  /// The name, lower case.
  public let rawValue: String

  /// Takes a name.
  public init(rawValue: String) {
    self.rawValue = rawValue.lowercased()
  }

  /// The name.
  public var description: String { rawValue }

  /// The files of a git repository: on GitHub, on another `https:` host, or local.
  public static let repository = CrawlerKind(rawValue: "repository")
  /// One web page.
  public static let article = CrawlerKind(rawValue: "article")
  /// A LinkedIn data export, zipped or unpacked.
  public static let linkedIn = CrawlerKind(rawValue: "linkedin")
  /// A folder of notes, or one note: Markdown, HTML, text, PDF.
  public static let notes = CrawlerKind(rawValue: "notes")
}
