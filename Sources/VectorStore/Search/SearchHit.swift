public import Domain

/// A chunk that answers a query; its JSON has the keys that `twin search --json` promises.
public struct SearchHit: Codable, Hashable, Sendable, Identifiable {
  /// The identifier of the chunk.
  public var id: Identifier
  /// How well it answers, the higher the better: the cosine for ``SearchQuery/Mode/dense``, BM25 as the engine counts it
  /// for ``SearchQuery/Mode/keyword``, the sum of reciprocal ranks for ``SearchQuery/Mode/hybrid``. Compare scores of one
  /// search only.
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

  init(_ chunk: Chunk, score: Double) {
    id = chunk.id
    self.score = score
    text = chunk.text
    category = chunk.category
    author = chunk.authorFullName
    link = chunk.link
    documentID = chunk.documentID
    start = chunk.start
    end = chunk.end
  }

  enum CodingKeys: String, CodingKey {
    case id, score, text, category, author, link
    case documentID = "document_id"
    case start, end
  }

  /// Whether `left` comes before `right`: the better score first, equal ones by identifier.
  static func isBetter(_ left: SearchHit, _ right: SearchHit) -> Bool {
    left.score == right.score ? left.id < right.id : left.score > right.score
  }
}
