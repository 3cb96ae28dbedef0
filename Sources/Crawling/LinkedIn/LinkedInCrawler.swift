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
    let reader = LinkedInExportReader(
      pages: pages, author: author, visit: visit, parts: parts,
      visibilities: Set((source.options["visibility"] ?? []).map { $0.lowercased() }))
    var hasShares = false
    let coverage = try await visit.crawl(
      producers: [Producer.linkedIn, Producer.page], where: { LinkedInPart.isWanted($0, of: parts) }
    ) { files in
      guard !files.contents.isEmpty || !files.refused.isEmpty else {
        throw CrawlError.unsupportedExport(path: visit.path, found: foundInstead(files.names, of: parts))
      }
      hasShares = !parts.contains(.shares) || files.contents.contains { LinkedInFile($0.name) == .shares }
      return reader.events(of: files)
    }
    // The first archive that LinkedIn sends has no posts, which does not mean that they are gone.
    return coverage == .complete && !hasShares ? .partial : coverage
  }

  /// What the archive seems to be, and what to do about it.
  private func foundInstead(_ names: [String], of parts: Set<LinkedInPart>) -> String {
    if names.isEmpty { return "it holds no files" }
    switch ExportKind(names) {
    case .substack:
      return "it is a Substack export; say `crawler: \(CrawlerKind.substackExport)`, or leave `crawler` out"
    case .medium: return "it is a Medium export; say `crawler: \(CrawlerKind.mediumExport)`, or leave `crawler` out"
    case .linkedIn where parts.count < LinkedInPart.allCases.count:
      return "it is a LinkedIn export without what `include` asks for"
    case .linkedIn:
      return """
        it is a LinkedIn export without posts (no Shares.csv); LinkedIn sends them in the larger archive, up to a day \
        after the first one
        """
    case nil:
      let some = oneLine(names.sorted().prefix(3).joined(separator: ", "))
      return "it is no LinkedIn export: it holds no Shares.csv but \(some)"
    }
  }
}
