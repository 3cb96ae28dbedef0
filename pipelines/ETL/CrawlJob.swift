/// One source of one author, to be crawled.
public struct CrawlJob: Sendable, Hashable, Codable, ItemNamed {
  /// The author, as stored in the warehouse.
  public var author: User
  /// Where to look.
  public var source: CrawlSource

  /// The source, without credentials, as records and messages name it.
  public var itemName: String { withoutSecrets(source.location) }
}
