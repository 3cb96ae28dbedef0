public import Domain

/// A question to the store.
public struct SearchQuery: Sendable {
  /// How the chunks are ranked.
  public enum Mode: String, Codable, CaseIterable, Sendable {
    /// Both of the others, joined by reciprocal rank fusion.
    case hybrid
    /// By the angle between the query's vector and theirs.
    case dense
    /// By the words they share with the query (BM25).
    case keyword
  }

  /// The most hits that may be asked for.
  public static let maximumLimit = 1000

  /// The question in words.
  public var text: String
  /// Its vector, by the model of the store; needed unless ``mode`` is ``Mode/keyword``.
  public var vector: [Float]?
  /// How the chunks are ranked.
  public var mode: Mode
  /// The most hits.
  public var limit: Int
  /// Only chunks of these authors; nil for all.
  public var authors: [Identifier]?
  /// Only chunks of these kinds of writing.
  public var categories: [DataCategory]
  /// Only chunks published there; nil for anywhere.
  public var platform: String?
  /// Only chunks of the document with this link; nil for all.
  public var link: String?
  /// Only chunks of these documents; nil for all.
  public var documents: [Identifier]?
  /// Whether at most one hit of a document, the best, is given.
  public var groupsByDocument: Bool

  /// Makes a query; see the properties.
  public init(
    text: String, vector: [Float]? = nil, mode: Mode = .hybrid, limit: Int = 5, authors: [Identifier]? = nil,
    categories: [DataCategory] = DataCategory.allCases, platform: String? = nil, link: String? = nil,
    documents: [Identifier]? = nil, groupsByDocument: Bool = false
  ) {
    self.text = text
    self.vector = vector
    self.mode = mode
    self.limit = limit
    self.authors = authors
    self.categories = categories
    self.platform = platform
    self.link = link
    self.documents = documents
    self.groupsByDocument = groupsByDocument
  }

  var filter: ChunkFilter {
    ChunkFilter(
      categories: DataCategory.allCases.filter(categories.contains), authors: authors, documents: documents,
      platform: platform, link: link)
  }
}
