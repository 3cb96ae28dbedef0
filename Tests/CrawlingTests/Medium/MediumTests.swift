import Crawling
import Domain
import Foundation
import TestSupport
import Testing

@Suite struct `Articles of Medium` {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  // MARK: Pages

  /// A page as Medium serves it: a text that scripts have made, and their state.
  private func page(locked: Bool = false, preview: Bool? = nil, paragraphs: [[String: Any]]? = nil) throws -> String {
    var state: [String: Any] = [
      "ROOT_QUERY": ["__typename": "Query"],
      "User:1": ["__typename": "User", "name": "Ada Example"],
      "Tag:looms": ["displayTitle": "Looms"],
      "ImageMetadata:1*a.png": ["id": "1*a.png", "alt": "A card"],
      "Post:0": ["title": "Another", "content": ["bodyModel": ["paragraphs": [["type": "P", "text": "short"]]]]],
    ]
    let long = "Whoever punches the cards writes the cloth, and may write numbers as well as flowers."
    let all: [[String: Any]] =
      paragraphs ?? [
        ["type": "H3", "text": "On cards"],
        [
          "type": "P", "text": "🧵 Every card is a row of holes & threads.",
          "markups": [
            ["type": "STRONG", "start": 3, "end": 13],
            ["type": "A", "start": 9, "end": 18, "href": "https://b.example/?a=1&b=2"],
          ],
        ],
        ["type": "P", "text": long], ["type": "H4", "text": "Code"],
        ["type": "PRE", "text": "for x in y:\n    punch(x)", "codeBlockMetadata": ["lang": "python"]],
        ["type": "ULI", "text": "holes"], ["type": "ULI", "text": "threads"], ["type": "OLI", "text": "first"],
        ["type": "BQ", "text": "A quotation of somebody."],
        ["type": "IMG", "text": "The card", "metadata": ["__ref": "ImageMetadata:1*a.png"]],
        ["type": "MIXTAPE_EMBED", "text": "A card about looms", "mixtapeMetadata": ["href": "https://c.example/"]],
        ["type": "P", "text": long],
      ]
    for (index, paragraph) in all.enumerated() { state["Paragraph:\(index)"] = paragraph }
    var content: [String: Any] = [
      "bodyModel": ["paragraphs": all.indices.map { ["__ref": "Paragraph:\($0)"] }]
    ]
    content["isLockedPreviewOnly"] = preview
    state["Post:1"] = [
      "title": "On cards", "isLocked": locked, "mediumUrl": "https://medium.com/@ada/on-cards-0123456789ab",
      "canonicalUrl": "", "firstPublishedAt": 1_778_155_200_000, "creator": ["__ref": "User:1"],
      "previewContent": ["subtitle": "What holes are for"], "tags": [["__ref": "Tag:looms"]], "detectedLanguage": "en",
      "content({\"postMeteringOptions\":{}})": content,
    ]
    let json = String(decoding: try JSONSerialization.data(withJSONObject: state), as: UTF8.self)
    return """
      <!doctype html><html><head><title>On cards | by Ada | Medium</title></head><body><article><div class="ab ac">
      <p class="pw-post-body-paragraph">Sign up to read this story of cards and holes and threads and looms.</p></div>
      </article><script>window.__APOLLO_STATE__ = \(json)</script><script>window.x = {}</script></body></html>
      """
  }

  private func read(_ page: String) throws -> ExtractedPage {
    try PageReader.extractor.read(Array(page.utf8), "text/html; charset=utf-8", "https://medium.com/@ada/x")
  }

  @Test func `are read from the state of their pages`() throws {
    let page = try read(try page())
    #expect(page.title == "On cards" && page.authors == ["Ada Example"] && page.isoDate == "2026-05-07")
    #expect(page.description == "What holes are for" && page.tags == ["Looms"] && page.language == "en")
    #expect(page.canonicalURL == "https://medium.com/@ada/on-cards-0123456789ab" && page.kind == .article)
    let text = page.markdown
    #expect(text.hasPrefix("🧵 **Every [card**") || text.hasPrefix("🧵 **Every [card]"), "\(text)")
    #expect(text.contains("(https://b.example/?a=1&b=2)") && text.contains("holes & threads."), "\(text)")
    #expect(text.contains("```python\nfor x in y:\n    punch(x)\n```"), "\(text)")
    #expect(text.contains("- holes\n- threads") && text.contains("1. first"), "\(text)")
    #expect(text.contains("> A quotation of somebody."))
    #expect(text.contains("https://miro.medium.com/v2/1") && text.contains("A card"), "\(text)")
    #expect(text.contains("[A card about looms](https://c.example/)"))
    #expect(!text.contains("Sign up to read") && !text.contains("# On cards"))
  }

  @Test(
    arguments: [
      (false, nil, .article), (true, nil, .paywalled), (true, true, .paywalled), (true, false, .article),
    ] as [(Bool, Bool?, ExtractedPage.Kind)])
  func `are paywalled if their pages show the beginning only`(
    locked: Bool, preview: Bool?, kind: ExtractedPage.Kind
  ) throws {
    #expect(try read(try page(locked: locked, preview: preview)).kind == kind)
  }

  @Test func `have their texts in other places of the state too`() throws {
    let paragraph = #"{"type":"P","text":"Every card is a row of holes, and every hole lifts a thread of the loom."}"#
    let states = [
      #"{"Post:1":{"title":"T","viewerEdge":{"__ref":"E:1"}},"E:1":{"fullContent":{"isLockedPreviewOnly":false,"#
        + #""bodyModel":{"paragraphs":[\#(paragraph)]}}}}"#,
      #"{"Post:1":{"title":"T","content":{"type":"id","id":"C"}},"C":{"bodyModel":{"type":"id","id":"B"}},"#
        + #""B":{"paragraphs":[{"type":"id","id":"P"}]},"P":\#(paragraph)}"#,
    ]
    for state in states {
      let page = try read("<html><body><script>window.__APOLLO_STATE__ = \(state)</script></body></html>")
      #expect(page.markdown.hasPrefix("Every card is a row of holes") && page.title == "T", "\(state)")
    }
  }

  @Test func `that were saved are notes with the article's own link`() async throws {
    try folder.write(try page(), to: "saved.html")
    try folder.write(try page(locked: true, preview: true), to: "locked.html")
    let outcome = try await Dispatcher().crawl(
      CrawlSource(folder.path("saved.html")), author: ada, context: context(folder))
    #expect(outcome.documents.map(\.link) == ["https://medium.com/@ada/on-cards-0123456789ab"])
    #expect(outcome.documents.map(\.platform) == ["medium"])
    let locked = try await Dispatcher().crawl(
      CrawlSource(folder.path("locked.html")), author: ada, context: context(folder))
    #expect(locked.documents.isEmpty && locked.skipped.first?.reason.contains("logged in") == true)
  }

  @Test func `whose markups cross, overlap or lie outside are still text`() throws {
    let text = "One two three four, and so on for the length of a line of words that an extractor takes for text."
    let markups: [[String: Any]] = [
      ["type": "STRONG", "start": 0, "end": 7], ["type": "EM", "start": 4, "end": 13],
      ["type": "CODE", "start": 14, "end": 900], ["type": "EM", "start": -1, "end": 3],
      ["type": "EM", "start": 5, "end": 5],
      ["type": "A", "start": 4, "end": 13, "href": "javascript:alert(1)"], ["type": "X", "start": 1, "end": 2],
      ["type": "EM", "start": 1.5e300, "end": 2e300],
    ]
    let page = try read(
      try page(paragraphs: [["type": "P", "text": text, "markups": markups], ["type": "P", "text": text]]))
    let plain = page.markdown.filter { !"*_[]`".contains($0) }
    #expect(plain.hasPrefix("One two three four"), "\(page.markdown)")
    #expect(!page.markdown.contains("javascript:"))
  }

  @Test func `whose state is damaged do no harm`() throws {
    let corpus = [Array(try page().utf8)]
    let words = [
      "{\"__ref\":\"Post:1\"}", "\"paragraphs\":", "[", "}", "\\ud83e", "null", "__APOLLO_STATE__", "-1", "</script>",
    ]
    for bytes in Mutations(of: corpus, words: words, count: 200, seed: 1) {
      let page = try PageReader.extractor.read(bytes, nil, nil)
      #expect(!page.markdown.utf8.contains(0))
    }
  }

  // MARK: Lists

  @Test(
    arguments: [
      ("http://medium.com/@ada", "medium.com/feed/@ada"),
      ("http://www.medium.com/@ada/latest", "www.medium.com/feed/@ada"),
      ("http://medium.com/engines", "medium.com/feed/engines"), ("http://ada.medium.com/", "ada.medium.com/feed"),
      ("http://medium.com/tag", "medium.com/tag"), ("http://medium.com/@ada/on-cards-0123456789ab", nil),
      ("http://medium.com/on-cards-0123456789ab", nil), ("http://ada.medium.com/on-cards-0123456789ab", nil),
    ] as [(String, String?)])
  func `of a writer or a publication are found by the feed`(link: String, asked: String?) async throws {
    let server = try CrawlServer()
    try server.behave(["/feed/@ada": .init(status: 404), "/feed/engines": .init(status: 404)])
    _ = try await ArticleCrawler().crawl(
      CrawlSource(link), author: ada, context: context(folder, proxy: server.origin, attempts: 1))
    #expect(try server.requests().map { $0.host + $0.path } == [asked ?? String(link.dropFirst(7))])
  }

  @Test func `on a domain of one's own are found by the feed that the home page tells of`() async throws {
    let server = try CrawlServer()
    let home = """
      <html><head><link rel="preload" href="https://cdn-client.medium.com/lite/x.js"></head><body>
      <script>window.__APOLLO_STATE__ = {"ROOT_QUERY": {}}</script></body></html>
      """
    let item = "<item><link>http://blog.ada.example/p/1?source=rss----1---4</link></item>"
    try server.behave([
      "blog.ada.example/": .init(body: home),
      "blog.ada.example/feed": .init(type: "text/xml", body: "<rss><channel>\(item)</channel></rss>"),
    ])
    let outcome = try await ArticleCrawler().crawl(
      CrawlSource("http://blog.ada.example/"), author: ada, context: context(folder, proxy: server.origin))
    #expect(outcome.documents.map(\.link) == ["http://blog.ada.example/p/1"])
  }
}
