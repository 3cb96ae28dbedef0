import Crawling
import Testing

@Suite struct FurnitureTests {
  /// The plain text of a page whose article holds this between paragraphs.
  private func text(with markup: String) throws -> String {
    try Pages.extract(Pages.page(Pages.prose + markup + Pages.prose)).text
  }

  @Test(arguments: [
    "<a href='/b'><div>Trade</div><p>How the new harbour took over what the old one lost</p></a>",
    "<div><a href='/b'><img src='/b.jpg'><h4>The new harbour</h4><p>It was built later, by others.</p></a></div>",
    "<div><article><p>The new harbour was built later, by others.</p></article>"
      + "<article><p>The third harbour was never finished, they say.</p></article></div>",
    "<div class='toc'><p>Contents</p><ul><li><a href='#a'>The walls</a></li><li><a href='#b'>The trade of oil</a></li>"
      + "<li><a href='#c'>The sand that ended it</a></li></ul></div>",
    "<ul><li><time datetime='2024-06-14'>14 June 2024, 15:49</time></li></ul>",
    "<div class='author-box'><p>Ada Example has written about ports, and about those who sail from them, since 1999. "
      + "She lives by the sea, with two cats, and likes to walk along the piers in winter.</p></div>",
    "<div><h3>Ask us</h3><form><input type='text'><textarea></textarea></form><p>What you enter here is used to answer "
      + "you, kept for a year, and given to nobody else, as our rules say.</p></div>",
    "<p>The western pier at dawn, seen from the wall. (Foto: Ann Lee)</p>",
    "<p>The western pier at dawn, seen from the wall. Ann Lee/Getty Images</p>",
    "<div class='hatnote'>Main article: The harbours of the coast, and their trade</div>",
  ])
  func `what stands beside the text is dropped`(markup: String) throws {
    #expect(try text(with: markup) == text(with: ""))
  }

  @Test(arguments: [
    "<p>The builders, says <a href='/lee'>Ann Lee</a>, knew well what they did, and why.</p>",
    "<a href='#pier'><p>The builders knew well what they did, and why they did it.</p></a>",
    "<h2><a href='/walls'>The builders of the walls</a></h2>",
    "<ul><li>The builders knew <a href='#a'>what</a> they did.</li><li>The builders knew why.</li></ul>",
    "<p>The builders worked until <time>dusk</time>, and some of them by night.</p>",
    "<article><p>The builders knew what they did, and nobody else.</p></article>",
    "<p>The builders asked for more. Photographs were not to be had in those days, of course.</p>",
    "<div class='faq'><p hidden>The builders knew what they did, and why they did it.</p></div>",
  ])
  func `what is a part of the text stays`(markup: String) throws {
    #expect(try text(with: markup).contains("builders"))
  }

  @Test func `a table of results whose rows are links is kept and one of links is not`() throws {
    let rows = ["Pier Club", "Wall United", "Sand Town", "Oil City"].enumerated()
    let results = rows.map {
      "<tr><td>\($0 + 1)</td><td><a href='/t/\($0)'>\($1)</a></td><td>\(28 - $0)</td></tr>"
    }
    #expect(try text(with: "<table>\(results.joined())</table>").contains("1 | Pier Club | 28"))
    let links = rows.map { "<tr><td><a href='/t/\($0)'>\($1)</a></td><td><a href='/u/\($0)'>\($1)</a></td></tr>" }
    #expect(try !text(with: "<table>\(links.joined())</table>").contains("Pier Club"))
  }

  @Test func `cards behind a text are dropped though they are nearly as long as it`() throws {
    let cards = (1...7).map { number in
      "<li><h3><a href='/\(number)'>Harbour \(number)</a></h3><p>In the year \(number) it was built, and rebuilt, and "
        + "given up again, as our writers tell you in a long report with many pictures.</p></li>"
    }
    let text = Pages.prose + Pages.prose
    let page = try Pages.extract(Pages.page(text + "<h2>Recommended for you</h2><ul>\(cards.joined())</ul>"))
    let clean = try Pages.extract(Pages.page(text))
    #expect(page.text == clean.text)
  }

  @Test func `a column whose class says gutter is no column of line numbers`() throws {
    let page = try Pages.extract(Pages.page("<div class='flex flex--gutter'>\(Pages.prose)</div>"))
    #expect(page.text.contains("fish sauce"))
    let listing = try Pages.markdown(
      of:
        "<table><tr><td class='gutter'><pre>1\n2</pre></td><td><pre>let pier = 1\nlet wall = 2</pre></td></tr></table>")
    #expect(!listing.contains("1\n2"))
    #expect(listing.contains("let pier = 1\nlet wall = 2"))
  }
}
