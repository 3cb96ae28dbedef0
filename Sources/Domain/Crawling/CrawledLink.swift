/// A stored document that was crawled: who it is, and what its next crawl needs to know.
public struct CrawledLink: Hashable, Sendable {
  /// The document's identifier.
  public var id: Identifier
  /// The category it is stored in.
  public var category: DataCategory
  /// How it was crawled last.
  public var crawl: CrawlRecord

  /// Makes an entry; see the properties.
  public init(id: Identifier, category: DataCategory, crawl: CrawlRecord) {
    self.id = id
    self.category = category
    self.crawl = crawl
  }
}
