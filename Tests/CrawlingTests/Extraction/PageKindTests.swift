import Crawling
import Testing

@Suite struct PageKindTests {
  @Test func `a page that scripts would build has no text and says so`() throws {
    let page = try Pages.extract(
      "<html><head><script src='/a.js'></script></head><body><div id='root'></div><script>run()</script></body></html>")
    #expect(page.markdown.isEmpty)
    #expect(page.text.isEmpty)
    #expect(page.kind == .scriptOnly)
    #expect(page.emptyReason?.contains("save it from a browser") == true)
  }

  @Test func `a page of links is an index`() throws {
    let links = (1...40).map { "<li><a href='/p/\($0)'>The story number \($0) of this long year</a></li>" }.joined()
    #expect(try Pages.extract("<html><body><ul>\(links)</ul></body></html>").kind == .index)
  }

  @Test func `a short text behind a paywall is known by what the page declares`() throws {
    let head = """
      <script type="application/ld+json">{"@type": "NewsArticle", "headline": "x", "isAccessibleForFree": false}</script>
      """
    #expect(try Pages.extract(Pages.page(Pages.prose, head: head)).kind == .paywalled)
    #expect(try Pages.extract(Pages.page(Pages.prose)).kind == .article)
  }

  @Test func `an empty page gives empty text`() throws {
    for html in ["", " ", "<html>", "<!-- -->", "<p></p>"] {
      #expect(try Pages.extract(html).markdown.isEmpty)
    }
  }

  @Test func `a page over the limit is refused with its size`() throws {
    let extractor = Extractor(limits: ExtractionLimits(bytes: 10))
    #expect(throws: ExtractionError.tooLarge(url: nil, bytes: 11, limit: 10)) {
      try extractor.extract(html: [UInt8](repeating: 0x20, count: 11))
    }
  }
}
