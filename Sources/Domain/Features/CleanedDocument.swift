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
  /// The cleaned text.
  public var text: String
  /// The ``RawDocument/contentHash`` that it was made from.
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
    self.text = text
    inputHash = document.contentHash
    self.fingerprint = fingerprint
  }

  /// Takes a document that was stored; see the properties.
  public init(
    id: Identifier, category: DataCategory, link: String, platform: String, authorID: Identifier,
    authorFullName: String, title: String?, path: String?, text: String, inputHash: ContentHash,
    fingerprint: ContentHash
  ) {
    self.id = id
    self.category = category
    self.link = link
    self.platform = platform
    self.authorID = authorID
    self.authorFullName = authorFullName
    self.title = title
    self.path = path
    self.text = text
    self.inputHash = inputHash
    self.fingerprint = fingerprint
  }

  enum CodingKeys: String, CodingKey {
    case id, category, link, platform
    case authorID = "author_id"
    case authorFullName = "author_full_name"
    case title, path, text
    case inputHash = "input_hash"
    case fingerprint
  }
}
