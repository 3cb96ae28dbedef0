import Crawling
import Foundation
import Testing

@Suite struct MetadataTests {
  private func extract(head: String, body: String = "") throws -> ExtractedPage {
    try Pages.extract(Pages.page(body + Pages.prose, head: head))
  }

  @Test func `JSON-LD comes first, with graphs, arrays and stray control characters`() throws {
    let page = try extract(
      head: """
        <meta property="og:title" content="Another title"><meta name="author" content="Someone Else">
        <script type="application/ld+json"><![CDATA[{"@context": "https://schema.org", "@graph": [
        {"@type": "WebSite", "name": "Coastal Notes"},
        {"@type": ["BlogPosting"], "headline": "The harbour &amp; the\tsand",
        "author": [{"@type": "Person", "name": "Ada Example"}, {"name": "Bo Sample"},],
        "datePublished": "2024-05-03T23:30:00+02:00", "keywords": "ports, sand", "description": "On ports."}]}]]></script>
        """)
    #expect(page.title == "The harbour & the sand")
    #expect(page.authors == ["Ada Example", "Bo Sample"])
    #expect(page.isoDate == "2024-05-03")
    #expect(page.date == Date(timeIntervalSince1970: 1_714_694_400))
    #expect(page.tags == ["ports", "sand"])
    #expect(page.description == "On ports.")
    #expect(page.siteName == "Coastal Notes")
  }

  @Test func `meta elements are read when there is no JSON-LD`() throws {
    let page = try extract(
      head: """
        <meta property="og:title" content="The harbour"><meta property="og:site_name" content="Notes">
        <meta property="article:author" content="https://facebook.com/ada"><meta name="author" content="By Ada Example">
        <meta property="article:published_time" content="2023-02-01T10:00:00Z">
        <meta property="og:image" content="/i.png"><link rel="canonical" href="/harbour">
        <meta property="article:tag" content="ports"><meta property="article:tag" content="sand">
        """)
    #expect(page.title == "The harbour")
    #expect(page.siteName == "Notes")
    #expect(page.authors == ["Ada Example"])
    #expect(page.isoDate == "2023-02-01")
    #expect(page.image == "https://notes.example/i.png")
    #expect(page.canonicalURL == "https://notes.example/harbour")
    #expect(page.tags == ["ports", "sand"])
    #expect(page.language == "en")
  }

  @Test func `references that were escaped twice are decoded, but not in an address`() throws {
    let page = try extract(
      head: """
        <meta property="og:title" content="Sand &amp;ndash; &amp;amp;c. &amp;lsqb;1&amp;rsqb;">
        <meta property="og:image" content="/i?a=1&amp;reg=2&amp;copy=3">
        """)
    #expect(page.title == "Sand \u{2013} &c. [1]")
    #expect(page.image == "https://notes.example/i?a=1&reg=2&copy=3")
  }

  @Test func `an author is never an address`() throws {
    let page = try extract(head: "<meta property='article:author' content='https://facebook.com/ada'>")
    #expect(page.authors.isEmpty)
  }

  @Test func `a byline names the author when nothing else does`() throws {
    let page = try extract(head: "", body: "<p>By <a rel='author' href='/ada'>Ada Example</a></p>")
    #expect(page.authors == ["Ada Example"])
  }

  @Test func `the title loses the site's name`() throws {
    #expect(try extract(head: "").title == "The old harbour")
  }

  @Test func `a date in the future is not believed`() throws {
    let page = try extract(
      head: "<meta property='article:published_time' content='2150-01-01'>",
      body: "<time datetime='2022-03-04'>4 March</time>")
    #expect(page.isoDate == "2022-03-04")
  }

  @Test(arguments: [
    ("14 May 2020", "2020-05-14"), ("May 14th, 2020", "2020-05-14"), ("14.05.2020", "2020-05-14"),
    ("05/14/2020", "2020-05-14"), ("14 de mayo de 2020", "2020-05-14"), ("14. M\u{E4}rz 2020", "2020-03-14"),
    ("2020\u{5E74}5\u{6708}14\u{65E5}", "2020-05-14"), ("20200514", "2020-05-14"),
    ("Thu, 14 May 2020 08:00 GMT", "2020-05-14"),
  ])
  func `dates are read in many forms`(text: String, day: String) throws {
    #expect(try extract(head: "<meta name='date' content='\(text)'>").isoDate == day)
  }

  @Test func `an impossible day is no date`() throws {
    let page = try Pages.extract(
      Pages.page(Pages.prose, head: "<meta name='date' content='2023-02-30'>"), url: "https://notes.example/harbour")
    #expect(page.isoDate == nil)
  }

  @Test func `the day in the address is the last resort`() throws {
    let page = try Pages.extract(Pages.page(Pages.prose), url: "https://notes.example/2021/07/09/harbour")
    #expect(page.isoDate == "2021-07-09")
  }
}
