public import Domain
public import Foundation

/// A chunk that answers a query; its JSON has the keys that `twin search --json` promises.
public struct SearchHit: Codable, Hashable, Sendable, Identifiable {
  /// The identifier of the chunk.
  public var id: Identifier
  /// How well it answers, the higher the better: the cosine for ``SearchQuery/Mode/dense``, BM25 as the engine counts it
  /// for ``SearchQuery/Mode/keyword``, what ``Fusion`` makes of both for ``SearchQuery/Mode/hybrid``. Compare scores of
  /// one search only.
  public var score: Double
  /// The chunk's text.
  public var text: String
  /// What kind of writing its document is.
  public var category: DataCategory
  /// The full name of the author.
  public var author: String
  /// The canonical link of the document.
  public var link: String
  /// The identifier of the document.
  public var documentID: Identifier
  /// UTF-8 byte offset of the chunk's first byte in the cleaned document.
  public var start: Int
  /// UTF-8 byte offset after its last byte.
  public var end: Int
  /// The document's title, if it has one.
  public var title: String?
  /// Where the document was published.
  public var platform: String
  /// When the document was published, if known.
  public var publishedAt: Date?
  /// Where ``text`` has terms of the query: UTF-8 byte offsets in it, each range as `[start, end]` in JSON.
  public var highlights: [Range<Int>]
  /// The chunk that says the same and stands for it, if there is one.
  public var duplicateOf: Identifier?
  /// The document's text from the first of the neighbours before the chunk up to the chunk, if neighbours were asked for;
  /// empty at the document's beginning.
  public var before: String?
  /// The document's text from the chunk's end to that of the last of the neighbours after it, if neighbours were asked
  /// for; empty at the document's end.
  public var after: String?

  /// - Parameter terms: the query's, by ``highlightedTerms(of:)``.
  init(_ found: ScoredChunk, terms: Set<String>) {
    let chunk = found.chunk
    id = chunk.id
    score = found.score
    text = chunk.text
    category = chunk.category
    author = chunk.authorFullName
    link = chunk.link
    documentID = chunk.documentID
    start = chunk.start
    end = chunk.end
    title = chunk.title
    platform = chunk.platform
    publishedAt = chunk.publishedAt
    highlights = highlightedRanges(of: terms, in: chunk.text)
    duplicateOf = found.duplicateOf
  }

  enum CodingKeys: String, CodingKey {
    case id, score, text, category, author, link
    case documentID = "document_id"
    case start, end, title, platform
    case publishedAt = "published_at"
    case highlights
    case duplicateOf = "duplicate_of"
    case before, after
  }
}
