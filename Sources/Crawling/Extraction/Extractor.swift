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
    let content = ContentFinder(tree, isThread: head.isThread).find()
    let metadata = PageMetadata(tree, head: head, content: content, addresses: addresses, url: url)
    var blocks = Self.blocks(tree, content, addresses)
    let declared = head.articleBody
    if let text = declared, let hidden = hiddenArticle(text, than: content, addresses) {
      return page(hidden, metadata, kind: metadata.isPaywalled && text.utf8.count < 3000 ? .paywalled : .article)
    }
    if let guide = ArticleBodyGuide(declared) { blocks = guide.trim(blocks) }
    blocks = BlockTrimmer(metadata: metadata).trim(blocks)
    return page(
      blocks, metadata, kind: PageKind.of(tree, blocks: blocks, head: head, metadata: metadata, content: content))
  }

  private static func blocks(
    _ tree: HTMLTree, _ content: ContentFinder.Content, _ addresses: Addresses
  ) -> [Block] {
    content.roots.flatMap { root in
      BlockReader(tree: tree, content: content, root: root, addresses: addresses).blocks(in: root)
    }
  }

  /// The article of a page that shows no text of its own, which scripts would build, but gives it in its JSON-LD, as
  /// HTML or as plain text.
  private func hiddenArticle(
    _ text: String, than content: ContentFinder.Content, _ addresses: Addresses
  ) -> [Block]? {
    let running = content.roots.reduce(0) { $0 + content.statistics.mass[$1] }
    guard running < 250, text.utf8.count >= 400, text.utf8.count > 4 * running, text.utf8.count <= limits.bytes else {
      return nil
    }
    let markup = text.contains("</") ? text : text.lines.map { "<p>\(Self.escaped($0))</p>" }.joined()
    let tree = HTMLParser.parse(Array("<article>\(markup)</article>".utf8), limits: limits)
    let blocks = Self.blocks(tree, ContentFinder(tree).find(), addresses)
    return blocks.isEmpty ? nil : blocks
  }

  /// Plain text as HTML.
  private static func escaped(_ text: Substring) -> String {
    String(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  }

  private func page(_ blocks: [Block], _ metadata: PageMetadata, kind: ExtractedPage.Kind) -> ExtractedPage {
    ExtractedPage(
      markdown: MarkdownWriter.write(blocks), text: PlainTextWriter.write(blocks), title: metadata.title,
      authors: metadata.authors, date: metadata.date?.date, isoDate: metadata.date?.iso,
      description: metadata.description, language: metadata.language, siteName: metadata.siteName,
      canonicalURL: metadata.canonicalURL, tags: metadata.tags, kind: kind, image: metadata.image)
  }
}
