/// The bounds on sitemaps; the first two are those of the protocol (sitemaps.org).
public struct SitemapLimits: Sendable, Hashable, Codable {
  /// The most addresses of one sitemap. 50,000.
  public var entries = 50_000
  /// The most bytes of one sitemap, unpacked. 50 MiB.
  public var fileBytes = 50 << 20
  /// The most sitemaps of one source. 500.
  public var files = 500
  /// How deep sitemaps that name sitemaps may nest. 2.
  public var depth = 2
  /// The most pages that are fetched for one source. 10,000.
  public var pages = 10_000

  /// The defaults.
  public init() {}
}
