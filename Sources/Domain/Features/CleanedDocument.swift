public import Foundation

/// A document after cleaning: the same text with its Markdown structure, without what hurts retrieval and training.
public struct CleanedDocument: Codable, Hashable, Sendable, Identifiable {
  /// The identifier of the raw document.
  public var id: Identifier
  /// What kind of writing it is.
  public var category: DataCategory
  /// The canonical link of the raw document.
  public var link: String
  /// Where it was published.
  public var platform: String
  /// The identifier of its author.
  public var authorID: Identifier
  /// The full name of its author.
  public var authorFullName: String
  /// The title, if it has one.
  public var title: String?
  /// A file's path inside its repository or folder.
  public var path: String?
  /// When it was published, to the second; nil when that is not known, or is not in the years 1 to 9999, for which RFC
  /// 3339 has a form.
  public var publishedAt: Date?
  /// The cleaned text.
  public var text: String
  /// What it was made from: the ``RawDocument/contentHash``, or a hash of that and of the lines that were left out.
  public var inputHash: ContentHash
  /// What code and parameters made it and what is derived from it: a change means that all of it is made again.
  public var fingerprint: ContentHash

  /// Makes the cleaned form of `document`.
  public init(of document: RawDocument, text: String, fingerprint: ContentHash) {
    id = document.id
    category = document.category
    link = document.link
    platform = document.platform
    authorID = document.authorID
    authorFullName = document.authorFullName
    title = document.title
    path = document.path
    publishedAt = document.publishedAt.flatMap(wholeSecond)
    self.text = text
    inputHash = document.contentHash
    self.fingerprint = fingerprint
  }

  /// Takes a document that was stored; see the properties.
  public init(
    id: Identifier, category: DataCategory, link: String, platform: String, authorID: Identifier,
    authorFullName: String, title: String?, path: String?, publishedAt: Date?, text: String,
    inputHash: ContentHash, fingerprint: ContentHash
  ) {
    self.id = id
    self.category = category
    self.link = link
    self.platform = platform
    self.authorID = authorID
    self.authorFullName = authorFullName
    self.title = title
    self.path = path
    self.publishedAt = publishedAt
    self.text = text
    self.inputHash = inputHash
    self.fingerprint = fingerprint
  }

  enum CodingKeys: String, CodingKey {
    case id, category, link, platform
    case authorID = "author_id"
    case authorFullName = "author_full_name"
    case title, path
    case publishedAt = "published_at"
    case text
    case inputHash = "input_hash"
    case fingerprint
  }
}

/// The date without a fraction of a second, if RFC 3339 can write it.
private func wholeSecond(_ date: Date) -> Date? {
  let seconds = date.timeIntervalSince1970.rounded(.down)
  // 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
  guard (-62_135_596_800...253_402_300_799).contains(seconds) else { return nil }
  return Date(timeIntervalSince1970: seconds)
}
