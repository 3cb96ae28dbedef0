import Crawling
import TestSupport
import Testing

@Suite struct HostilePageTests {
  /// Fails when the text holds anything that must not come out.
  private func expectClean(_ page: ExtractedPage) {
    for text in [page.markdown, page.text, page.title ?? "", page.description ?? ""] + page.authors + page.tags {
      let bad = text.unicodeScalars.first { scalar in
        switch scalar.value {
        case 0x0A, 0x09: false
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xE0000...0xE007F: true
        default: false
        }
      }
      #expect(bad == nil)
    }
  }

  @Test(arguments: 0..<60) func `random bytes never crash and come out clean`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0...3000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    expectClean(try Extractor().extract(html: bytes))
  }

  @Test(arguments: 0..<120) func `random markup never crashes and comes out clean`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &* 977)
    let tags = [
      "div", "p", "ul", "ol", "li", "table", "tr", "td", "pre", "code", "a", "b", "em", "blockquote", "h1", "h2",
      "figure",
      "figcaption", "img", "sup", "math", "nav", "form", "dl", "dt", "dd", "section", "article", "br", "script", "span",
    ]
    let texts = [
      "A sentence, with a comma, that is long enough to count as text.", "*", "_a_", "&#x202e;", "&#0;", "&#150;", "|",
      "```",
      "\u{200B}", "1.", "#", "&lt;script&gt;", "\r\n\t", "\u{7}", "\u{E0041}",
    ]
    let attributes = [
      "class='comment share'", "id='x'", "href='#x'", "href='/y'", "hidden", "style='display:none'", "src='a.png'",
      "colspan='1000000000000'", "start='-99999999999999999999'", "itemprop='articleBody'",
      "start='9223372036854775807'",
    ]
    var html = ""
    for _ in 0..<Int.random(in: 1...400, using: &random) {
      switch Int.random(in: 0..<3, using: &random) {
      case 0:
        html += "<\(tags.randomElement(using: &random) ?? "p") \(attributes.randomElement(using: &random) ?? "")>"
      case 1: html += "</\(tags.randomElement(using: &random) ?? "p")>"
      default: html += texts.randomElement(using: &random) ?? ""
      }
    }
    expectClean(try Pages.extract(html))
  }

  @Test(arguments: [
    "div", "span", "b", "ul><li", "table><tr><td", "blockquote", "a href=x", "font", "section", "pre", "math",
  ])
  func `endless nesting is flattened and its text kept`(tag: String) throws {
    let html = "<html><body>" + String(repeating: "<\(tag)>", count: 1000) + Pages.prose
    let page = try Pages.extract(html)
    expectClean(page)
    #expect(page.text.contains("fish sauce"))
  }

  // Each was once read twice per level: twice to the power of its depth.
  @Test(arguments: ["<table><tr><td>", "<table><form><tr><td>", "<table>\u{200B}<tbody><tr><td> "])
  func `empty tables in tables are read once`(nesting: String) throws {
    let page = try Pages.extract(Pages.page(Pages.prose + String(repeating: nesting, count: 1000)))
    #expect(page.text.hasSuffix("smelled like."))
  }

  // Each line once copied all lines before it.
  @Test func `a paragraph of very many lines keeps them all`() throws {
    let lines = (0..<50_000).map { "line \($0), which says something.<br>" }.joined()
    let page = try Pages.extract(Pages.page("<p>\(lines)</p>"))
    #expect(page.text.utf8.count { $0 == 0x0A } == 49_999)
    #expect(page.markdown.hasSuffix("line 49999, which says something.\n"))
  }

  @Test func `a page with more nodes than the limit is cut off`() throws {
    let html = "<html><body><article>\(Pages.prose)" + String(repeating: "<b>x</b>", count: 5000)
    let page = try Extractor(limits: ExtractionLimits(nodes: 300)).extract(html: Array(html.utf8))
    #expect(page.text.contains("fish sauce"))
    #expect(page.text.utf8.count < 2000)
  }

  @Test func `deeply nested JSON-LD is given up`() throws {
    let json = String(repeating: "[", count: 100_000)
    let page = try Pages.extract(Pages.page(Pages.prose, head: "<script type='application/ld+json'>\(json)</script>"))
    #expect(page.text.contains("fish sauce"))
  }
}
