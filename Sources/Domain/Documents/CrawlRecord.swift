public import Foundation

/// Where and when a document was fetched, by what it was made, and whether it is still there.
public struct CrawlRecord: Codable, Hashable, Sendable {
  /// The source as the configuration names it: a URL without credentials and secret parameters, or a path made
  /// absolute.
  public var source: String
  /// The address that was asked for, without credentials and secret parameters; nil for what no request brought.
  public var requestedURL: String?
  /// Where the bytes came from, after redirects; without credentials and secret parameters.
  public var url: String
  /// When they were fetched.
  public var fetchedAt: Date
  /// The HTTP status they came with.
  public var status: Int?
  /// The HTTP entity tag, if the server sent one.
  public var entityTag: String?
  /// The HTTP `Last-Modified` value, as the server wrote it.
  public var lastModified: String?
  /// The hash of the bytes that the text was made of.
  public var bodyHash: ContentHash?
  /// The name and version of what made the text, such as `article/1`.
  public var producer: String?
  /// The commit of a repository in which the file was first found as it is.
  public var commit: String?
  /// The object name of a repository's file: the same object has the same bytes, whatever the commit.
  public var blob: String?
  /// Since when its source no longer has it; nil while it does. Later stages leave out what is gone.
  public var goneSince: Date?

  /// Makes a record; see the properties.
  public init(
    source: String, requestedURL: String? = nil, url: String, fetchedAt: Date, status: Int? = nil,
    entityTag: String? = nil, lastModified: String? = nil, bodyHash: ContentHash? = nil, producer: String? = nil,
    commit: String? = nil, blob: String? = nil, goneSince: Date? = nil
  ) {
    self.source = source
    self.requestedURL = requestedURL
    self.url = url
    self.fetchedAt = fetchedAt
    self.status = status
    self.entityTag = entityTag
    self.lastModified = lastModified
    self.bodyHash = bodyHash
    self.producer = producer
    self.commit = commit
    self.blob = blob
    self.goneSince = goneSince
  }

  /// Whether the record of a later crawl says something new: that the document was looked at once more is no news, nor
  /// is another commit with the same file.
  public func isNews(since known: CrawlRecord) -> Bool {
    var news = self
    news.fetchedAt = known.fetchedAt
    if blob != nil, blob == known.blob { news.commit = known.commit }
    return news != known
  }

  enum CodingKeys: String, CodingKey {
    case source
    case requestedURL = "requested_url"
    case url
    case fetchedAt = "fetched_at"
    case status
    case entityTag = "entity_tag"
    case lastModified = "last_modified"
    case bodyHash = "body_hash"
    case producer, commit, blob
    case goneSince = "gone_since"
  }
}
