public import Domain
import HTTP

/// One entry of `sources`: where an author's writing is.
public struct CrawlSource: Sendable, Hashable {
  /// An `https:` or `http:` URL, or an absolute path.
  public var location: String
  /// The crawler that the user asked for; nil lets the dispatcher choose by pattern.
  public var crawler: CrawlerKind?
  /// Tags that every document of this source gets.
  public var tags: [String]
  /// The category that every document of this source gets; nil keeps the crawler's own.
  public var category: DataCategory?
  /// What else the user asks of the crawler, by the name of the option; a flag or a text is a list of one.
  public var options: [String: [String]]

  /// The location as records and messages have it: without the values of parameters that may be secrets. This is the
  /// source's name in `CrawlRecord.source`.
  public var redactedLocation: String {
    if location.hasPrefix("/") { return location }
    return (try? WebAddress(location)) == nil ? redactedURL(location) : redactedLink(location)
  }

  /// Makes a source; see the properties.
  public init(
    _ location: String, crawler: CrawlerKind? = nil, tags: [String] = [], category: DataCategory? = nil,
    options: [String: [String]] = [:]
  ) {
    self.location = location
    self.crawler = crawler
    self.tags = tags
    self.category = category
    self.options = options
  }
}

extension CrawlSource: Codable {
  enum CodingKeys: String, CodingKey { case location, crawler, tags, category, options }

  /// Reads a source, of which only `location` need be there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.decode(String.self, forKey: .location),
      crawler: try container.decodeIfPresent(CrawlerKind.self, forKey: .crawler),
      tags: try container.decodeIfPresent([String].self, forKey: .tags) ?? [],
      category: try container.decodeIfPresent(DataCategory.self, forKey: .category),
      options: try container.decodeIfPresent([String: [String]].self, forKey: .options) ?? [:])
  }
}
