import Crawling
import Testing

@Suite struct ContentChoiceTests {
  private static let talk = (1...30).map {
    "<li><p>Remark \($0): I have seen the piers, twice, and they are smaller than you say, and older, I believe.</p></li>"
  }.joined()
  private static let notice =
    "<p>We use cookies, and ask you to agree, so that we can measure how this site is used, and by whom.</p>"

  @Test func `the one element that a page names as its text is it, whatever is longer`() throws {
    for body in ["<div itemprop='articleBody'>", "<div class='article-body'>"] {
      let page = try Pages.extract(
        "<html><body><div>\(body)\(Pages.prose)\(Pages.prose)</div></div><ul>\(Self.talk)</ul></body></html>")
      #expect(page.text.contains("fish sauce"))
      #expect(!page.text.contains("Remark"))
    }
  }

  @Test func `of several elements with such a name none is the text alone`() throws {
    let parts = String(repeating: "<div class='prose'>\(Pages.prose)</div>", count: 3)
    let page = try Pages.extract("<html><body><div>\(parts)</div></body></html>")
    #expect(page.text.split(separator: "fish sauce").count == 4)
  }

  @Test func `notices behind the text are left out and a lead before it is not`() throws {
    let lead =
      "<p>A port that lasted for three hundred years, the sand that ended it, the merchants who left for the north, and "
      + "what remains of all that today, as those tell it who have dug for it.</p>"
    let page = try Pages.extract(
      "<html><body><div><div><div>\(lead)</div></div><div class='entry-content'>\(Pages.prose)\(Pages.prose)</div></div>"
        + "<div>\(Self.notice)</div></body></html>")
    #expect(page.text.hasPrefix("A port that lasted"))
    #expect(!page.text.contains("cookies"))
  }

  @Test func `a text in two elements of one class is read to its end`() throws {
    let end =
      "<p>In the end, the sand came back, year after year, the last ship left, the merchants moved to the north, and the "
      + "town forgot that it had been a port.</p>"
    let page = try Pages.extract(
      "<html><body><div><div class='part'>\(Pages.prose)\(Pages.prose)</div><div>Advertisement</div>"
        + "<div class='part'>\(end)</div></div></body></html>")
    #expect(page.text.hasSuffix("had been a port."))
  }
}
