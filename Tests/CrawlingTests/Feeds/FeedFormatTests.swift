import Crawling
import Domain
import Foundation
import TestSupport
import Testing

/// Feeds that were saved as files, and carry their articles.
@Suite struct `A feed` {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Two paragraphs, so that the text is an article to the extractor.
  private static let words = """
    Every card is a row of holes, and every hole lifts a thread, so that a pattern is a row of cards.</p>\
    <p>Whoever punches the cards writes the cloth, and may write numbers as well as flowers.
    """
  private static let escaped =
    "&lt;p&gt;" + words.replacing("<", with: "&lt;").replacing(">", with: "&gt;") + "&lt;/p&gt;"
  private static let marked = "<![CDATA[<p>\(words)</p>]]>"

  private func read(_ feed: String, as name: String = "feed.xml", options: [String: [String]] = [:]) async throws
    -> CrawlOutcome
  {
    try await read(Array(feed.utf8), as: name, options: options)
  }

  private func read(_ feed: [UInt8], as name: String = "feed.xml", options: [String: [String]] = [:]) async throws
    -> CrawlOutcome
  {
    try Data(feed).write(to: folder.url.appending(path: name))
    // Nothing is to be fetched: every host is down.
    let context = context(folder, proxy: "http://127.0.0.1:1", attempts: 1)
    return try await Dispatcher().crawl(
      CrawlSource(folder.path(name), options: options), author: ada, context: context)
  }

  /// Little-endian, without a mark.
  private static func utf16(_ text: String) -> [UInt8] {
    text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 255), UInt8(unit >> 8)] }
  }

  private static let rss = """
    <?xml version="1.0"?><!-- ours --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
    <channel><title>Looms</title><link>https://ada.example/</link><item><title>On cards &amp;amp; cloth</title>
    <link> https://ada.example/cards?utm_source=feed </link><category>Looms</category><category>Numbers</category>
    <pubDate>Thu, 07 May 2026 12:00:00 GMT</pubDate><content:encoded>\(marked)</content:encoded></item></channel></rss>
    """
  private static let rdf = """
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http:\
    //purl.org/dc/elements/1.1/" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel rdf:about="x"/>
    <item rdf:about="https://ada.example/cards"><title>On cards &amp; cloth</title><dc:date>2026-05-07T14:00+02:00</dc:date>
    <dc:subject>Looms</dc:subject><dc:subject>Numbers</dc:subject><c:encoded>\(escaped)</c:encoded></item></rdf:RDF>
    """
  private static let atom = """
    <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://ada.example/blog/"><title>Looms</title>
    <entry xml:base="../"><title type="html">On &lt;b&gt;cards&lt;/b&gt; &amp;amp; cloth</title>
    <link rel="self" href="feed"/><link rel="alternate" type="application/pdf" href="x.pdf"/><link href="cards"/>
    <published>2026-05-07T12:00:00.25Z</published><category term="Looms"/><category term="Numbers" label="x"/>
    <content type="html">\(escaped)</content></entry></feed>
    """
  private static let xhtml = """
    <a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:h="http://www.w3.org/1999/xhtml"><a:entry>
    <a:id>https://ada.example/cards</a:id><a:title type="xhtml"><h:div>On <h:b>cards</h:b> &amp; cloth</h:div></a:title>
    <a:updated>2026-05-07T12:00:00Z</a:updated><a:category term="Looms"/><a:category term="Numbers"/>
    <a:content type="xhtml"><h:div><h:p><h:a id="top"/>\(words.replacing("p>", with: "h:p>"))</h:p></h:div></a:content>
    </a:entry></a:feed>
    """
  private static let json = """
    {"version": "https:\\/\\/jsonfeed.org\\/version\\/1.1", "title": "Looms", "items": [{"id": 7, "url":
    "https://ada.example/cards", "title": "On cards & cloth", "content_html": "<p>\(words)</p>",
    "date_published": "2026-05-07T12:00:00Z", "tags": ["Looms", "Numbers"], "authors": [{"name": "Ada"}]}]}
    """
  private static let old = """
    <!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">
    <rss version="0.91"><channel><item><title>On cards &amp; cloth</title><guid>https://ada.example/cards</guid>
    <pubDate>7 May 26 12:00 UT</pubDate><category>Looms</category><category>Numbers</category>
    <description>\(escaped)&lt;p&gt;\(String(repeating: "A loom follows its cards. ", count: 60))&lt;/p&gt;</description>
    </item></channel></rss>
    """

  @Test(arguments: [
    ("RSS 2.0", rss), ("RSS 1.0", rdf), ("Atom", atom), ("Atom with prefixes and XHTML", xhtml), ("JSON Feed", json),
    ("RSS 0.91", old),
  ])
  func `gives title, link, date, tags and text in every format`(format: String, feed: String) async throws {
    let outcome = try await read(feed, as: format == "JSON Feed" ? "feed.json" : "feed.xml")
    let document = try #require(outcome.documents.first, "\(outcome)")
    #expect(outcome.documents.count == 1 && outcome.failures.isEmpty)
    #expect(document.link == "https://ada.example/cards")
    #expect(document.title == "On cards & cloth")
    #expect(document.publishedAt.map { Int($0.timeIntervalSince1970) } == 1_778_155_200)
    #expect(document.tags == ["Looms", "Numbers"])
    #expect(document.text.hasPrefix("Every card is a row of holes"), "\(document.text)")
    #expect(document.text.contains("\n\nWhoever punches the cards"))
    #expect(document.platform == "ada.example" && document.authorFullName == "Ada Example")
    #expect(document.crawl?.requestedURL == nil && document.crawl?.url.hasPrefix("file:///") == true)
  }

  @Test(arguments: [
    ("Thu, 07 May 2026 12:00:00 GMT", 0), ("7 May 2026 12:00 +0000", 0), ("Thursday, 07-May-26 12:00:00 UTC", 0),
    ("Thu, 7 May 2026 08:00:00 EDT", 0), ("Thu, 07 May 2026 14:00:00 +0200", 0), ("07 mai 2026 12:00:00 Z", 0),
    ("2026-05-07T12:00:00Z", 0), ("2026-05-07 12:00:00", 0), ("2026-05-07T14:00:00+02:00", 0),
    ("2026-05-07T12:00Z", 0), ("2026-05-07T06:30:00.000-05:30", 0), ("2026-05-07", -43_200), ("20260507", -43_200),
    ("Thu, 07 May 2026", -43_200),
  ])
  func `has dates in many spellings`(text: String, seconds: Int) async throws {
    let feed = Self.rss.replacing("Thu, 07 May 2026 12:00:00 GMT", with: text)
    let date = try await read(feed).documents.first?.publishedAt
    #expect(date.map { Int($0.timeIntervalSince1970) } == 1_778_155_200 + seconds)
  }

  @Test(arguments: ["", "yesterday", "32 May 2026", "2026-13-01", "99999999999", "Thu, 07 Mayhem", "2026-05-07T99:99Z"])
  func `with a date that is none has no date, or that of the day`(text: String) async throws {
    let feed = Self.rss.replacing("Thu, 07 May 2026 12:00:00 GMT", with: text)
    let documents = try await read(feed).documents
    #expect(documents.count == 1)
    #expect(documents.allSatisfy { $0.publishedAt == nil || text.hasPrefix("2026-05-07") })
  }

  @Test func `is read in the encoding that it declares, with the characters of HTML, and with mistakes`() async throws {
    let text = Self.rss.replacing("<?xml version=\"1.0\"?>", with: "<?xml version='1.0' encoding='ISO-8859-1'?>")
      .replacing("On cards &amp;amp; cloth", with: "Caf\u{E9} &eacute; & tea &nosuch; \u{1}&#8212; &amp;lt;b>")
    let outcome = try await read(Array(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }))
    #expect(outcome.documents.first?.title == "Café é & tea &nosuch; — <b>")
    let wide = Self.utf16(Self.rss.replacing("cloth", with: "clöth"))
    for bytes in [[0xFF, 0xFE] + wide, wide] {
      #expect(try await read(bytes).documents.first?.title == "On cards & clöth")
    }
    let unclosed = Self.rss.replacing("</channel></rss>", with: "<item><title>Cut <b>off")
    #expect(try await read(unclosed).documents.count == 1)
  }

  @Test func `has links in many places`() async throws {
    let article = "<content:encoded>\(Self.marked)</content:encoded></item>"
    let items = [
      "<guid isPermaLink=\"false\">https://ada.example/no</guid>",
      "<guid isPermaLink=\"true\">https://ada.example/1</guid>",
      "<link>https://t.example/x</link><fb:origLink>https://ada.example/2</fb:origLink>",
      "<atom:link rel=\"self\" href=\"https://ada.example/no\"/><link>https://ada.example/3</link>",
      "<link>https://blog.ada.example/4?source=rss-12ab------2</link>", "<link>javascript:alert(1)</link>",
      "<media:title>no</media:title><link>https://ada.example/5?a=1&amp;c=3</link>",
    ]
    let names = """
      xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" \
      xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0" xmlns:media="http://search.yahoo.com/mrss/"
      """
    let feed = "<rss \(names)><channel>" + items.map { "<item>\($0)\(article)" }.joined() + "</channel></rss>"
    let outcome = try await read(feed)
    #expect(
      outcome.documents.map(\.link) == [
        "https://ada.example/1", "https://ada.example/2", "https://ada.example/3", "https://blog.ada.example/4",
        "https://ada.example/5?a=1&c=3",
      ])
    #expect(outcome.skipped.count == 2 && outcome.documents.allSatisfy { $0.title != "no" })
  }

  @Test func `may be limited to an author and to paths`() async throws {
    let entries = [
      "<author><name>Ada  Example</name></author><link href=\"https://ada.example/blog/1\"/>",
      "<author><name>Bob</name></author><link href=\"https://ada.example/blog/2\"/>",
      "<link href=\"https://ada.example/blog/3\"/>", "<link href=\"https://ada.example/news/4\"/>",
      "<link href=\"https://ada.example/blog/2025/5\"/>",
    ]
    let content = "<content type=\"html\">\(Self.marked)</content></entry>"
    let feed =
      "<feed xmlns=\"http://www.w3.org/2005/Atom\">" + entries.map { "<entry>\($0)\(content)" }.joined() + "</feed>"
    let options = ["only_author": ["ada example"], "include": ["/blog/**"], "exclude": ["/blog/20*/**"]]
    let outcome = try await read(feed, options: options)
    #expect(outcome.documents.map(\.link) == ["https://ada.example/blog/1", "https://ada.example/blog/3"])
    #expect(
      Set(outcome.skipped.map(\.reason)) == ["by another author", "left out by `include` and `exclude`"])
    let authors = [("dc:creator", "Ada Example"), ("author", "ada@ada.example (Ada Example)"), ("author", "Bob")]
    for (name, author) in authors {
      let rss = Self.rss.replacing("<pubDate>", with: "<\(name)>\(author)</\(name)><pubDate>")
      #expect(
        try await read(rss, options: ["only_author": ["Ada Example"]]).documents.count == (author == "Bob" ? 0 : 1))
    }
  }

  @Test func `that is as it was needs no work`() async throws {
    let memory = TestMemory()
    try folder.write(Self.rss, to: "feed.xml")
    for isAgain in [false, true] {
      let outcome = try await ArticleCrawler().crawl(
        CrawlSource(folder.path("feed.xml")), author: ada, context: context(folder), remembering: memory)
      #expect(outcome.isUnchanged == isAgain && outcome.documents.count == (isAgain ? 0 : 1))
      #expect(!outcome.isExhaustive, "another feed may have other articles")
    }
  }

  @Test func `has no more articles than the limit`() async throws {
    var limited = context(folder)
    limited.limits.feed.entries = 2
    let item = "<item><link>https://ada.example/N</link><content:encoded>\(Self.marked)</content:encoded></item>"
    let items = (0..<5).map { item.replacing("/N", with: "/\($0)") }.joined()
    try folder.write("<rss><channel>\(items)</channel></rss>", to: "feed.xml")
    let outcome = try await ArticleCrawler().crawl(CrawlSource(folder.path("feed.xml")), author: ada, context: limited)
    #expect(outcome.documents.map(\.link) == ["https://ada.example/0", "https://ada.example/1"])
    #expect(outcome.skipped.first?.reason == "more than 2 articles" && (outcome.skipped.first?.count ?? 0) >= 2)
  }

  // MARK: Attacks

  private func refusal(_ feed: String) async throws -> String {
    await crawlError { _ = try await read(feed) }
  }

  @Test func `that declares entities is refused, whatever it does with them`() async throws {
    try folder.write("secret of this machine", to: "secret")
    let laughs = (1...9).map { "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">" }.joined()
    let types = [
      "<!DOCTYPE rss [<!ENTITY l0 \"ha\">\(laughs)]>",
      "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file://\(folder.path("secret"))\">]>",
      "<!DOCTYPE rss SYSTEM \"x\" [<!ENTITY % y SYSTEM \"http://127.0.0.1:1/x.dtd\"> %y;]>",
      "<!-- [ --><!DOCTYPE rss PUBLIC \"]\" '[' [ ]>",
    ]
    for type in types {
      let feed =
        type
        + Self.rss.replacing("<?xml version=\"1.0\"?>", with: "")
        .replacing("On cards", with: "&l9;&x;").replacing("<channel>", with: "<channel x=\"&l9;\">")
      #expect(try await refusal(feed).contains("declares entities"))
      let wide = [0xFF, 0xFE] + Self.utf16(feed)
      let message = await crawlError { _ = try await read(wide) }
      #expect(message.contains("declares entities"), "in UTF-16 too")
    }
  }

  @Test func `loads nothing from elsewhere`() async throws {
    let server = try CrawlServer()
    let type = "<!DOCTYPE rss SYSTEM \"\(server.origin)/p/x.dtd\">"
    let include = "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"\(server.origin)/p/y\"/>"
    let feed =
      type + "<?xml-stylesheet href=\"\(server.origin)/p/z\"?>"
      + Self.rss.replacing("<?xml version=\"1.0\"?>", with: "").replacing("<channel>", with: "<channel>\(include)")
    #expect(try await read(feed).documents.count == 1)
    #expect(try server.requests().isEmpty)
  }

  @Test func `with a bomb of attributes, elements or depth is refused or cut off`() async throws {
    let attributes = (0..<100_000).map { " a\($0)=\"\"" }.joined()
    let manyAttributes = Self.rss.replacing("<item>", with: "<item\(attributes)>")
    #expect(try await refusal(manyAttributes).contains("attributes"))
    let names = (0..<100_000).map { " xmlns:a\($0)=\"x\"" }.joined()
    #expect(try await refusal(Self.rss.replacing("<item>", with: "<x\(names)/><item>")).contains("attributes"))
    let elements = String(repeating: "<a/>", count: 150_000)
    #expect(try await refusal(Self.rss.replacing("<item>", with: "<item>\(elements)")).contains("elements"))
    let deep = String(repeating: "<a>", count: 20_000)
    #expect(try await read(Self.rss.replacing("</channel>", with: "<item>\(deep)")).documents.count == 1)
  }

  @Test(arguments: [
    "", "<", "<html><body>x</body></html>", "{}", "not a feed", "<rss", "\u{0}\u{0}\u{0}", "<!DOCTYPE rss",
  ])
  func `that is none is an error`(text: String) async throws {
    #expect(try await refusal(text).hasPrefix("cannot crawl"))
  }

  @Test func `that is damaged does no harm`() async throws {
    let corpus = [Self.rss, Self.rdf, Self.atom, Self.xhtml, Self.json, Self.old].map { Array($0.utf8) }
    let words = [
      "<item>", "</item>", "<![CDATA[", "]]>", "<!--", "&#x0;", "&lt;", "<!DOCTYPE x [", "xmlns=\"\"", "<entry/>",
      "\\u0000",
      "{\"items\":", "</", "='", "\u{FEFF}",
    ]
    for bytes in Mutations(of: corpus, words: words, count: 300, seed: 4287) {
      let isJSON = bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
      do {
        let outcome = try await read(bytes, as: isJSON ? "feed.json" : "feed.xml")
        #expect(outcome.documents.allSatisfy { !$0.text.utf8.contains(0) && !$0.link.isEmpty })
      } catch let error as CrawlError {
        #expect(!error.description.isEmpty)
      }
    }
  }
}
