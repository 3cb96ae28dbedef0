public import Domain

/// Reads papers on arXiv, by identifier, by link, or by a query of arXiv's interface: the text of the PDF with what the
/// interface says of it.
///
/// The interface is asked in every crawl, and tells the versions: a PDF is fetched only if there is another one.
public struct ArXivCrawler: Crawler {
  private let arXiv: ArXivInterface

  /// Makes the crawler; it needs poppler's `pdftotext` in `PATH`, except for abstracts.
  public init() {
    self.init(arXiv: ArXivInterface())
  }

  package init(arXiv: ArXivInterface) {
    self.arXiv = arXiv
  }

  /// What is kept of a paper.
  public var options: [SourceOption] {
    PDFOptions.options + [SourceOption("abstracts", .flag, "only the abstracts, without the papers; false by default")]
  }

  /// Reads the papers.
  ///
  /// - Throws: ``CrawlError`` if the source names none, what memory and sink throw, or `CancellationError`.
  public func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
  ) async throws -> Coverage {
    let selection = try ArXivSelection(source)
    let visitor = ArXivVisitor(
      arXiv: arXiv, selection: selection, source: source, author: author, context: context, sink: sink)
    return try await visitor.visit()
  }
}
