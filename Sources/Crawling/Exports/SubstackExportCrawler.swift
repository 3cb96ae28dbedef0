public import Domain

/// Reads the data export that Substack gives its writers (Settings > Exports): the posts, which `posts.csv` lists and
/// whose texts are in the folder `posts`. Nothing else of it is opened, above all no list of readers.
public struct SubstackExportCrawler: Crawler {
  private let pages: PageReader

  /// Makes the crawler.
  public init() {
    self.init(pages: .extractor)
  }

  package init(pages: PageReader) {
    self.pages = pages
  }

  /// `publication` and `drafts`.
  public var options: [SourceOption] {
    [
      SourceOption(
        "publication", .text, "the address of a Substack export's publication, such as https://ada.substack.com"),
      SourceOption("drafts", .flag, "whether the drafts of a Medium or Substack export are read, too"),
    ]
  }

  /// Reads the export, a zip or the folder that it was unpacked to.
  ///
  /// An export does not say where it was published: with the option `publication` its posts have their web links, else
  /// links of the form `urn:substack:post:1234`. Who may read a post becomes a tag (`audience:everyone`).
  /// - Throws: ``CrawlError`` if it is no Substack export or cannot be read, what memory and sink throw, or
  ///   `CancellationError`.
  public func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    var publication: WebAddress?
    if let named = source.options["publication"]?.first {
      publication = try WebAddress(named.contains("://") ? named : "https://\(named)")
    }
    let visit = try ExportVisit(source, called: "a Substack export", context: context, sink: sink)
    var reader = SubstackExportReader(pages: pages, author: author, visit: visit, publication: publication)
    return try await visit.crawl(producers: [Producer.substackExport, Producer.page], by: &reader)
  }
}
