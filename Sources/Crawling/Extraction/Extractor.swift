/// Finds the main content of a web page and what is known about it.
///
/// A value without state: one extractor may be used by any number of tasks at once. The work is done by the caller's
/// thread and takes a few milliseconds for an ordinary page.
public struct Extractor: Sendable {
  private let limits: ExtractionLimits

  /// An extractor with bounds on what it takes.
  public init(limits: ExtractionLimits = .init()) { self.limits = limits }

  /// Extracts a page. `html` is the raw page in any encoding, `contentType` the HTTP header if there was one, `url` the
  /// page's address, by which links become absolute. A page without text gives an empty ``ExtractedPage/markdown``.
  ///
  /// - Throws: ``ExtractionError`` for a page that exceeds ``ExtractionLimits/bytes``. Broken markup is never an error.
  public func extract(html: [UInt8], contentType: String? = nil, url: String? = nil) throws -> ExtractedPage {
    guard html.count <= limits.bytes else {
      throw ExtractionError.tooLarge(url: url, bytes: html.count, limit: limits.bytes)
    }
    let tree = HTMLParser.parse(PageDecoder.decode(html, contentType: contentType), limits: limits)
    let head = PageHead(tree)
    let addresses = Addresses(page: url, declared: head.base)
    let content = ContentFinder(tree).find()
    let metadata = PageMetadata(tree, head: head, content: content, addresses: addresses, url: url)
    var blocks: [Block] = []
    for root in content.roots {
      blocks += BlockReader(tree: tree, content: content, root: root, addresses: addresses).blocks(in: root)
    }
    blocks = BlockTrimmer(metadata: metadata).trim(blocks)
    return page(blocks, metadata, kind: PageKind.of(tree, blocks: blocks, metadata: metadata, content: content))
  }

  private func page(_ blocks: [Block], _ metadata: PageMetadata, kind: ExtractedPage.Kind) -> ExtractedPage {
    ExtractedPage(
      markdown: MarkdownWriter.write(blocks), text: PlainTextWriter.write(blocks), title: metadata.title,
      authors: metadata.authors, date: metadata.date?.date, isoDate: metadata.date?.iso,
      description: metadata.description, language: metadata.language, siteName: metadata.siteName,
      canonicalURL: metadata.canonicalURL, tags: metadata.tags, kind: kind, image: metadata.image)
  }
}
