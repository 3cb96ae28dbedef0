public import Domain

/// A stretch of a cleaned document that samples are made from: consecutive blocks of one section, prose first of all.
public struct Extract: Codable, Hashable, Sendable {
  /// The document.
  public var documentID: Identifier
  /// Its canonical link.
  public var link: String
  /// What kind of writing it is.
  public var category: DataCategory
  /// Where it was published.
  public var platform: String
  /// The full name of its author.
  public var authorFullName: String
  /// Its title, if it has one.
  public var title: String?
  /// A file's path inside its repository or folder.
  public var path: String?
  /// The headings above the extract, outermost first, as plain text.
  public var headings: [String]
  /// The number of the extract among those under the same heading, from 0.
  public var ordinal: Int
  /// Exactly the bytes `start..<end` of the cleaned document.
  public var text: String
  /// UTF-8 byte offset of the first byte in the cleaned document's text.
  public var start: Int
  /// UTF-8 byte offset after the last byte.
  public var end: Int

  init(of document: CleanedDocument, bytes: [UInt8], range: Range<Int>, headings: [String], ordinal: Int) {
    documentID = document.id
    link = document.link
    category = document.category
    platform = document.platform
    authorFullName = document.authorFullName
    title = document.title
    path = document.path
    self.headings = headings
    self.ordinal = ordinal
    text = String(decoding: bytes[range], as: UTF8.self)
    start = range.lowerBound
    end = range.upperBound
  }

  /// Whether it is a source file's, and so code.
  var isSource: Bool { category == .repositories && !isMarkdown }

  private var isMarkdown: Bool {
    guard let path = path?.lowercased() else { return false }
    return [".md", ".markdown", ".mdx"].contains { path.hasSuffix($0) }
  }

  /// Where the bytes `range` of the extract come from.
  func provenance(_ range: Range<Int>, recipe: Recipe) -> Provenance {
    let slice = Array(text.utf8)[range]
    return Provenance(
      documentID: documentID, link: link, category: category, authorFullName: authorFullName,
      start: start + range.lowerBound, end: start + range.upperBound, extractHash: ContentHash(of: slice),
      recipe: recipe.name, recipeHash: recipe.hash)
  }

  enum CodingKeys: String, CodingKey {
    case documentID = "document_id"
    case link, category, platform
    case authorFullName = "author_full_name"
    case title, path, headings, ordinal, text, start, end
  }
}
