import Crawling
import Testing

@Suite struct TeaserTests {
  private static let teaser =
    "<h3><a href='/b'>The new harbour</a></h3><p>It was built later, further down, by others.</p>"

  private func cards(_ count: Int, words: String = "It was built later, further down the river, by other people.")
    -> String
  {
    (1...count).map { number in
      "<div class='c'><h3><a href='/p/\(number)'>The harbour of year \(number)</a></h3><p>\(words)</p></div>"
    }.joined()
  }

  @Test(arguments: [
    "<section><h2>Related articles</h2><div>\(teaser)</div></section>",
    "<div><p><strong>Ähnliche Artikel</strong></p><ul><li>\(teaser)</li><li>\(teaser)</li></ul></div>",
    "<h4>Lire aussi</h4><div>\(teaser)</div><div>\(teaser)</div>",
    "<h3>MIRA: <a href='/b'>The new harbour</a></h3>",
    "<p>Lea también: <a href='/b'>The new harbour</a></p>",
    "<p>Would you like to know more? Follow us on <a href='/t'>Telegram</a>!</p>",
    "<p>For the latest stories download the Harbour apps for phones and tablets.</p>",
    "<p>Möchten Sie mehr lesen? Weitere Themen:</p>", "<h3>Share this</h3>",
  ])
  func `what leads away from the text at its end is dropped`(markup: String) throws {
    let clean = try Pages.extract(Pages.page(Pages.prose))
    #expect(try Pages.extract(Pages.page(Pages.prose + markup)).text == clean.text)
  }

  @Test func `cards inside an article are dropped, and those that are the page stay`() throws {
    let article = try Pages.extract(Pages.page(Pages.prose + Pages.prose + "<div>\(cards(4))</div>"))
    #expect(!article.text.contains("built later"))
    let page = try Pages.extract("<html><body><main>\(cards(20))</main></body></html>")
    #expect(page.text.contains("built later"))
  }

  @Test func `a list of twenty teasers is an index`() throws {
    let long = "It was built later, further down the river, by other people, who had seen what became of the first one."
    let page = try Pages.extract(
      "<html><body><h1>News</h1><main>\(cards(20, words: long + " " + long))</main></body></html>")
    #expect(page.kind == .index)
  }

  @Test func `a text with linked headings is an article`() throws {
    let sections = (1...6).map { "<h2><a href='/t/\($0)'>Part \($0)</a></h2>\(Pages.prose)" }.joined()
    #expect(try Pages.extract(Pages.page(sections)).kind == .article)
    let head = #"<script type="application/ld+json">{"@type": "Article", "headline": "Ports"}</script>"#
    let listicle = Pages.page(Pages.prose + cards(6), head: head)
    #expect(try Pages.extract(listicle).kind == .article)
  }

  @Test func `a word that begins a sentence is no label`() throws {
    let text = try Pages.extract(
      Pages.page(Pages.prose + "<p>Share prices fell on Monday, as everybody had expected.</p>" + Pages.prose)
    ).text
    #expect(text.contains("Share prices"))
    let heading = try Pages.extract(
      Pages.page(Pages.prose + "<h3>Related work</h3><p>Others measured the piers before.</p>" + Pages.prose))
    #expect(heading.text.contains("Others measured"))
  }

  @Test func `lines above the text that are no text are dropped`() throws {
    let page = try Pages.extract(
      Pages.page(
        "<h2>The old harbour</h2><p>Friday | 14 June 2024 | 15:49</p><p>VON Ada Example</p><p>Harbours</p>"
          + "<p>A port that lasted three centuries, and the sand that ended it.</p>" + Pages.prose))
    #expect(page.text.hasPrefix("A port that lasted"))
  }

  @Test func `short lines stay where there is nothing but them`() throws {
    let poem = (1...12).map { "<p>A line of verse, \($0)</p>" }.joined()
    #expect(try Pages.extract(Pages.page(poem)).text.hasPrefix("A line of verse, 1"))
  }

  @Test func `lines beside a picture are its caption`() throws {
    let page = try Pages.extract(
      Pages.page(
        Pages.prose + "<figure><img src='/p.jpg' alt='A pier'><span class='d'>The pier at dawn. Ann Lee</span></figure>"
          + "<div><img src='data:x'><div class='legend'>The wall, seen from the east.</div></div>" + Pages.prose))
    #expect(page.markdown.contains("*The pier at dawn. Ann Lee*"))
    #expect(!page.text.contains("at dawn"))
    #expect(!page.text.contains("seen from the east"))
  }

  @Test func `replies are the text of a thread and not of an article`() throws {
    let replies = (1...5).map {
      "<div class='comment'><p>Reply \($0): I saw the piers, and they are smaller.</p></div>"
    }
    let body = Pages.prose + replies.joined()
    let head = #"<script type="application/ld+json">{"@type": "DiscussionForumPosting", "headline": "Piers"}</script>"#
    #expect(try Pages.extract(Pages.page(body, head: head)).text.contains("Reply 5"))
    #expect(try !Pages.extract(Pages.page(body)).text.contains("Reply 5"))
  }

  @Test func `a sidebar longer than the article does not keep its place`() throws {
    let long = String(
      repeating: "<p>Our founder likes long walks, short books and all that lies between, he says.</p>", count: 60)
    let page = try Pages.extract(
      "<html><body><div class='post'>\(Pages.prose)</div><div id='sidebar'><div>\(long)</div></div></body></html>")
    #expect(page.text.contains("fish sauce"))
    #expect(!page.text.contains("founder"))
  }
}
