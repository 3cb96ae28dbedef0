public import Foundation

/// A piece of a cleaned document, small enough for the embedding model.
public struct Chunk: Codable, Hashable, Sendable, Identifiable {
  /// Derived from the document, the text and its occurrence number, never from its position: a paragraph inserted at the
  /// top of a document does not rename the chunks below it.
  public var id: Identifier
  /// The identifier of the document.
  public var documentID: Identifier
  /// What kind of writing the document is.
  public var category: DataCategory
  /// The canonical link of the document.
  public var link: String
  /// Where the document was published.
  public var platform: String
  /// The identifier of the author.
  public var authorID: Identifier
  /// The full name of the author.
  public var authorFullName: String
  /// The document's title, if it has one.
  public var title: String?
  /// The chunk's text: exactly the bytes `start..<end` of the cleaned document.
  public var text: String
  /// UTF-8 byte offset of the first byte in the cleaned document's text.
  public var start: Int
  /// UTF-8 byte offset after the last byte.
  public var end: Int
  /// Length in tokens of the embedding model, special tokens included.
  public var tokens: Int
  /// The headings above it, outermost first.
  public var headings: [String]
  /// How its document was cut.
  public var chunking: ChunkingMethod
  /// When the document was published, if known.
  public var publishedAt: Date?

  /// Makes a chunk of `document`.
  ///
  /// - Parameter occurrence: how many chunks of the document before it have the same text.
  public init(
    of document: CleanedDocument, text: String, start: Int, end: Int, tokens: Int, headings: [String],
    chunking: ChunkingMethod, occurrence: Int
  ) {
    id = Identifier("chunk", [document.id.uuidString, ContentHash(of: text).hexadecimal, String(occurrence)])
    documentID = document.id
    category = document.category
    link = document.link
    platform = document.platform
    authorID = document.authorID
    authorFullName = document.authorFullName
    title = document.title
    self.text = text
    self.start = start
    self.end = end
    self.tokens = tokens
    self.headings = headings
    self.chunking = chunking
    publishedAt = document.publishedAt
  }

  /// Takes a chunk that was stored; see the properties.
  public init(
    id: Identifier, documentID: Identifier, category: DataCategory, link: String, platform: String,
    authorID: Identifier, authorFullName: String, title: String?, text: String, start: Int, end: Int, tokens: Int,
    headings: [String], chunking: ChunkingMethod, publishedAt: Date?
  ) {
    self.id = id
    self.documentID = documentID
    self.category = category
    self.link = link
    self.platform = platform
    self.authorID = authorID
    self.authorFullName = authorFullName
    self.title = title
    self.text = text
    self.start = start
    self.end = end
    self.tokens = tokens
    self.headings = headings
    self.chunking = chunking
    self.publishedAt = publishedAt
  }

  enum CodingKeys: String, CodingKey {
    case id
    case documentID = "document_id"
    case category, link, platform
    case authorID = "author_id"
    case authorFullName = "author_full_name"
    case title, text, start, end, tokens, headings, chunking
    case publishedAt = "published_at"
  }
}
