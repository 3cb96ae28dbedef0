public import Foundation

/// A document as it was crawled: the person's own text as Markdown (or source code), and where it came from.
///
/// One type serves posts, articles and the files of repositories; the fields that only some have are optional. In the
/// warehouse it has the fields of the LLM Engineers Handbook's documents (`_id`, `content`, `platform`, `author_id`,
/// `author_full_name`, `link`, `name`, `image`) and ours beside them, so that each reads the other's.
public struct RawDocument: Hashable, Sendable, Identifiable {
  /// Derived from ``link``, unless a document with that link already existed.
  public var id: Identifier
  /// What kind of writing it is, and so which collection it is stored in.
  public var category: DataCategory
  /// The canonical link: a unique key. A local file has a `file:` URL.
  public var link: String
  /// Where it was published, such as `medium`, `github`, `linkedin` or a host name.
  public var platform: String
  /// The identifier of its author.
  public var authorID: Identifier
  /// The full name of its author.
  public var authorFullName: String
  /// The title, if it has one.
  public var title: String?
  /// The subtitle or description, if it has one.
  public var subtitle: String?
  /// The text: Markdown, or the contents of a source file.
  public var text: String
  /// The language of the text (BCP 47), if known.
  public var language: String?
  /// A repository's name.
  public var name: String?
  /// A file's path inside its repository or folder.
  public var path: String?
  /// The address of its picture, if it has one.
  public var image: String?
  /// When it was published, if known.
  public var publishedAt: Date?
  /// Its own tags and those that the configuration adds.
  public var tags: [String]
  /// To whose writing it belongs; nil if it stands by itself.
  public var relation: Relation?
  /// How it was crawled; nil for an imported document.
  public var crawl: CrawlRecord?

  /// Makes a document whose identifier is derived from its link.
  public init(
    category: DataCategory, link: String, platform: String, author: User, title: String? = nil,
    subtitle: String? = nil, text: String, language: String? = nil, name: String? = nil, path: String? = nil,
    image: String? = nil, publishedAt: Date? = nil, tags: [String] = [], relation: Relation? = nil,
    crawl: CrawlRecord? = nil
  ) {
    id = Identifier("document", [link])
    self.category = category
    self.link = link
    self.platform = platform
    authorID = author.id
    authorFullName = author.fullName
    self.title = title
    self.subtitle = subtitle
    self.text = text
    self.language = language
    self.name = name
    self.path = path
    self.image = image
    self.publishedAt = publishedAt
    self.tags = tags
    self.relation = relation
    self.crawl = crawl
  }

  /// The hash of everything that later stages read: a document whose hash is unchanged needs no work.
  ///
  /// How and when it was crawled is left out.
  public var contentHash: ContentHash {
    let parts = [
      category.rawValue, link, platform, authorID.uuidString, authorFullName, title ?? "", subtitle ?? "", text,
      language ?? "", name ?? "", path ?? "", image ?? "",
      publishedAt.map { String(Int64($0.timeIntervalSince1970)) } ?? "", tags.joined(separator: "\u{0}"),
    ]
    // Only where there is one, so that the hashes of all other documents are what they were before there were any.
    return ContentHash(ofParts: parts + (relation.map { ["relation", $0.kind, $0.link ?? ""] } ?? []))
  }
}
