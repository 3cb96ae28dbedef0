public import Domain

/// Reads the data export that Medium gives its members (Settings > Security and apps > Download your information): the
/// posts, which are pages in the folder `posts`. Nothing else of it is opened.
public struct MediumExportCrawler: Crawler {
  private let pages: PageReader

  /// Makes the crawler.
  public init() {
    self.init(pages: .extractor)
  }

  package init(pages: PageReader) {
    self.pages = pages
  }

  /// `drafts`.
  public var options: [SourceOption] {
    [SourceOption("drafts", .flag, "whether the drafts of a Medium or Substack export are read, too")]
  }

  /// Reads the export, a zip or the folder that it was unpacked to. A reply to somebody's post is a document of
  /// category `posts`, marked as one (`Relation`).
  ///
  /// - Throws: ``CrawlError`` if it is no Medium export or cannot be read, what memory and sink throw, or
  ///   `CancellationError`.
  public func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    let visit = try ExportVisit(source, called: "a Medium export", context: context, sink: sink)
    var reader = MediumExportReader(pages: pages, author: author, visit: visit)
    return try await visit.crawl(producers: [Producer.mediumExport, Producer.page], by: &reader)
  }
}
