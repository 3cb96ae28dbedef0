public import Domain

/// Reads what LinkedIn gives its members of their own, the data export, and public posts.
///
/// The export is a zip or the folder that it was unpacked to; its files may be one folder down. Read are `Shares.csv`,
/// `Comments.csv`, `Rich_Media.csv`, the articles, and of the profile what its owner wrote; everything else in it
/// (messages, connections, reactions, …) is private or not the member's words, and is never opened.
///
/// There is no login and no way around one: a page that LinkedIn shows to members only fails with what to do instead.
public struct LinkedInCrawler: Crawler {
  private let pages: PageReader

  /// Makes the crawler.
  public init() {
    self.init(pages: .extractor)
  }

  package init(pages: PageReader) {
    self.pages = pages
  }

  /// `include` and `visibility`.
  public var options: [SourceOption] {
    [
      SourceOption(
        "include", .list, "the parts of a LinkedIn export: shares, comments, articles, profile, rich_media; all if none"
      ),
      SourceOption("visibility", .list, "which shares of a LinkedIn export: public, member_network; all if none"),
    ]
  }

  /// Reads an export, or one public post.
  ///
  /// A post's visibility becomes a tag (`visibility:public`); a comment is a reply (`Relation`), a post that passes another
  /// one on a reshare. What has no words of its own is skipped.
  /// - Throws: ``CrawlError`` if it is no LinkedIn export or cannot be read, what memory and sink throw, or
  ///   `CancellationError`.
  public func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    if case .web(let address) = try SourceLocation(source.location) {
      let visitor = LinkedInVisitor(pages: pages, author: author, source: source, context: context, sink: sink)
      try await visitor.visit(address)
      return .partial
    }
    let parts = try LinkedInPart.wanted(by: source)
    let visit = try ExportVisit(source, called: "a LinkedIn export", context: context, sink: sink)
    var reader = LinkedInExportReader(
      pages: pages, author: author, visit: visit, parts: parts,
      visibilities: Set((source.options["visibility"] ?? []).map { $0.lowercased() }))
    let coverage = try await visit.crawl(producers: [Producer.linkedIn, Producer.page], by: &reader)
    // The first archive that LinkedIn sends has no posts, which does not mean that they are gone.
    return coverage == .complete && !reader.hasShares ? .partial : coverage
  }
}
