import Crawling
import Testing

@Suite struct ArticleBodyTests {
  private static let sentences = (1...20).map {
    "In year \($0) of the harbour the town paid \($0 * 7) men to dig, and the sand came back in spring."
  }

  private func head(_ body: String, more: String = "") -> String {
    #"<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Sand"\#(more), "articleBody": "\#(body)"}</script>"#
  }

  @Test func `a page that scripts build gives the text of its JSON-LD`() throws {
    let text = Self.sentences.joined(separator: "\\n\\n")
    let page = try Pages.extract(
      "<html><head>\(head(text))</head><body><div id=app></div><script>r()</script></body></html>")
    #expect(page.kind == .article)
    #expect(page.text.hasPrefix("In year 1 of"))
    #expect(page.text.contains("spring.\n\nIn year 2"))
  }

  @Test func `JSON-LD that holds HTML is read as HTML`() throws {
    let text = Self.sentences.map { "<p>\($0) <b>Really<\\/b>.<\\/p>" }.joined() + "<script>x()<\\/script>"
    let page = try Pages.extract(
      "<html><head>\(head(text))</head><body><div id=app></div><script>r()</script></body></html>")
    #expect(page.markdown.contains("**Really**"))
    #expect(!page.markdown.contains("x()"))
  }

  @Test func `the text of the JSON-LD shows where the article ends`() throws {
    let shown = Self.sentences.map { "<p>\($0)</p>" }.joined(
      separator: "<p>An unrelated note that somebody put here, alas.</p>")
    let page = try Pages.extract(
      Pages.page(
        "<p>Our paper turns forty this week, and we thank all of our readers for it.</p>\(shown)"
          + "<p>Written with the help of the town's archive, which is open on Mondays.</p>",
        head: head(Self.sentences.joined(separator: " "))))
    #expect(page.text.hasPrefix("Our paper turns forty"))
    #expect(page.text.hasSuffix("back in spring."))
    #expect(!page.text.contains("unrelated note"))
  }

  @Test func `a JSON-LD that holds only the beginning cuts nothing off`() throws {
    let shown = Self.sentences.map { "<p>\($0)</p>" }.joined()
    let page = try Pages.extract(Pages.page(shown, head: head(Self.sentences.prefix(6).joined(separator: " "))))
    #expect(page.text.contains("In year 20 of"))
  }

  @Test func `a short free part behind a paywall is still one`() throws {
    let text = Self.sentences.prefix(6).joined(separator: " ")
    let page = try Pages.extract(
      "<html><head>\(head(text, more: #", "isAccessibleForFree": false"#))</head><body></body></html>")
    #expect(page.kind == .paywalled)
  }

  @Test(arguments: [
    "<h2>This post is for paid subscribers</h2>", "<p>Create an account to read the full story.</p>",
    "<div class='x'>Dieser Artikel ist exklusiv für Abonnenten unserer Zeitung.</div>",
  ])
  func `a sign in place of the rest shows a paywall`(sign: String) throws {
    #expect(try Pages.extract(Pages.page(Pages.prose + sign)).kind == .paywalled)
    let long = String(repeating: Pages.prose, count: 8)
    #expect(try Pages.extract(Pages.page(long + sign)).kind == .article)
  }

  @Test func `a locked story of Medium is known by its state`() throws {
    let head = "<meta property='og:site_name' content='Medium'>"
    func page(_ locked: Bool) -> String {
      Pages.page(Pages.prose, head: head + #"<script>window.__APOLLO_STATE__ = {"isLocked":\#(locked)}</script>"#)
    }
    #expect(try Pages.extract(page(true)).kind == .paywalled)
    #expect(try Pages.extract(page(false)).kind == .article)
  }
}
