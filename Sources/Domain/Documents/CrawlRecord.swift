public import Foundation

/// Where and when a document was fetched, and what a later crawl needs to ask whether it changed.
public struct CrawlRecord: Codable, Hashable, Sendable {
  /// The source as the configuration names it: a URL without credentials and secret parameters, or a path made
  /// absolute.
  public var source: String
  /// Where the bytes came from, after redirects; without credentials and secret parameters.
  public var url: String
  /// When they were fetched.
  public var fetchedAt: Date
  /// The HTTP entity tag, if the server sent one.
  public var entityTag: String?
  /// The HTTP `Last-Modified` value, as the server wrote it.
  public var lastModified: String?
  /// The commit of a repository's file.
  public var commit: String?

  /// Makes a record; see the properties.
  public init(
    source: String, url: String, fetchedAt: Date, entityTag: String? = nil, lastModified: String? = nil,
    commit: String? = nil
  ) {
    self.source = source
    self.url = url
    self.fetchedAt = fetchedAt
    self.entityTag = entityTag
    self.lastModified = lastModified
    self.commit = commit
  }

  enum CodingKeys: String, CodingKey {
    case source, url
    case fetchedAt = "fetched_at"
    case entityTag = "entity_tag"
    case lastModified = "last_modified"
    case commit
  }
}
