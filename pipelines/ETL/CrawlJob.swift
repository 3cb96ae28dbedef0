/// One source of one author, to be crawled.
public struct CrawlJob: Sendable, Hashable, Codable, ItemNamed {
  /// The author's full name.
  public var authorName: String
  /// Where to look.
  public var source: CrawlSource

  /// The source, without credentials, as records and messages name it.
  public var itemName: String { withoutSecrets(source.location) }
}
