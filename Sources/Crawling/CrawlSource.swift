public import Domain
import HTTP

/// One entry of `sources`: where an author's writing is.
public struct CrawlSource: Sendable, Hashable, Codable {
  /// An `https:` or `http:` URL, or an absolute path.
  public var location: String
  /// The crawler that the user asked for; nil lets the dispatcher choose by pattern.
  public var crawler: CrawlerKind?
  /// Tags that every document of this source gets.
  public var tags: [String]
  /// The category that every document of this source gets; nil keeps the crawler's own.
  public var category: DataCategory?

  /// The location as records and messages have it: without the values of parameters that may be secrets. This is the
  /// source's name in `CrawlRecord.source`.
  public var redactedLocation: String {
    if location.hasPrefix("/") { return location }
    return (try? WebAddress(location)) == nil ? redactedURL(location) : redactedLink(location)
  }

  /// Makes a source; see the properties.
  public init(
    _ location: String, crawler: CrawlerKind? = nil, tags: [String] = [], category: DataCategory? = nil
  ) {
    self.location = location
    self.crawler = crawler
    self.tags = tags
    self.category = category
  }
}
