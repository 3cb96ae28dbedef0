/// The bounds on what crawlers read; everything they read is hostile. Sizes are in bytes, times in seconds.
public struct CrawlLimits: Sendable, Hashable, Codable {
  /// Those on git repositories.
  public var repository = RepositoryLimits()
  /// Those on feeds.
  public var feed = FeedLimits()
  /// Those on sitemaps.
  public var sitemap = SitemapLimits()
  /// Those on notes and their folders.
  public var notes = NoteLimits()
  /// Those on PDF files.
  public var pdf = PDFLimits()
  /// Those on papers of arXiv.
  public var arXiv = ArXivLimits()
  /// Those on datasets.
  public var dataset = DatasetLimits()
  /// Those on archives.
  public var archive = ArchiveLimits()

  /// The defaults.
  public init() {}
}
