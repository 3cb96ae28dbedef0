import Crawling
import Testing

@Suite struct VisibleMetadataTests {
  private func date(_ content: String, head: String = "", url: String? = nil) throws -> String? {
    let html = "<html><head><title>Ports</title>\(head)</head><body><div class='wrap'>\(content)</div></body></html>"
    return try Pages.extract(html, url: url).isoDate
  }

  private func authors(_ content: String, head: String = "") throws -> [String] {
    let html = "<html><head><title>Ports</title>\(head)</head><body><div class='wrap'>\(content)</div></body></html>"
    return try Pages.extract(html, url: nil).authors
  }

  @Test(arguments: [
    "<h1>Ports</h1><small>January 13, 2020 at 08:45 AM | categories: ports</small>\(Pages.prose)",
    "<h1>Ports</h1><p>Hamburg, 13. Januar 2020</p>\(Pages.prose)",
    "<h1>Ports</h1><div><b>13.01.2020</b> Kategorie: Häfen</div>\(Pages.prose)",
    "<h2>Ports</h2><p>Published on 13/01/2020</p>\(Pages.prose)",
    "\(Pages.prose)<p>Aktualisiert am 13.01.2020.</p>", "<h1>2020年1月13日</h1>\(Pages.prose)",
  ])
  func `a date in a short line near the text is its date`(content: String) throws {
    #expect(try date(content) == "2020-01-13")
  }

  @Test(arguments: [
    "<p>13.01.2020 | News</p><h1>Ports</h1>\(Pages.prose)",
    "<h1>Ports</h1><p>Press release of 13 January 2020 | Hamburg – The harbour, which was built in the second century, "
      + "when the river still reached the old walls, is open again, said its owners.</p>\(Pages.prose)",
    "<h1>Ports</h1><p>13.01.2020 The harbour, which was built in the second century, when the river still reached the "
      + "old walls, is open again, said its owners, who had closed it for a year.</p>\(Pages.prose)",
    "<h1>Ports</h1><span class='updated' title='2020-01-13T18:52:11+00:00'></span>\(Pages.prose)",
    "<h1>Ports</h1>\(Pages.prose)<script>state = {\"publishedDate\": \"2020-01-13T20:37:27Z\"}</script>",
  ])
  func `a date above the headline, before the text or in a script is the date`(content: String) throws {
    #expect(try date(content) == "2020-01-13")
  }

  @Test func `a future day in the address is not the date`() throws {
    #expect(try date(Pages.prose, url: "https://n.example/2033/10/16/ports") == nil)
  }

  @Test func `a moment of Greenwich is the day that the page shows`() throws {
    let head = """
      <script type="application/ld+json">{"@type":"Article","headline":"x","datePublished":"2020-01-12T22:04:00Z"}</script>
      """
    #expect(try date("<h1>Ports</h1><p>13 January 2020, 00:04</p>\(Pages.prose)", head: head) == "2020-01-13")
    #expect(try date("<h1>Ports</h1><p>17 January 2020</p>\(Pages.prose)", head: head) == "2020-01-12")
  }

  @Test(arguments: [
    ("<h1>Ports of the second century</h1>", "Ten ports of that century | Coast", "Ports of the second century"),
    ("<h1>Trade: Ten ports of that century</h1>", "Ten ports of that century", "Ten ports of that century"),
    ("<h1>The Coastal Reader</h1>", "Ten ports of that century", "Ten ports of that century"),
    (
      "<h1>Ports of the north</h1><h1>Ports of the south</h1>", "Ten ports of that century", "Ten ports of that century"
    ),
  ])
  func `the one headline that a page shows is its title if it speaks of the same`(
    content: String, declared: String, title: String
  ) throws {
    let head = "<meta property='og:title' content='\(declared)'>"
    #expect(try Pages.extract(Pages.page(content + Pages.prose, head: head)).title == title)
  }

  @Test func `a day in a sentence is not the date of the page`() throws {
    let sentence =
      "<p>On 13 January 2020 the last of the ships left the harbour, with salt and wine, for the north, and "
      + "nobody who saw it go thought that it would be the last one ever.</p>"
    #expect(try date("<h1>Ports</h1>\(sentence)\(Pages.prose)") == nil)
  }

  @Test func `the title tells the date if nothing else does, and when it was changed if not even that`() throws {
    #expect(
      try date(Pages.prose, head: "<meta name=description content='Notice of 13.01.2020 on ports'>") == "2020-01-13")
    #expect(
      try date(Pages.prose, head: "<meta property='og:updated_time' content='2020-01-13T08:00:00Z'>") == "2020-01-13")
    #expect(try date(Pages.prose, url: "https://n.example/2020/01/13/ports") == "2020-01-13")
  }

  @Test func `the day where the page was written is before the one in Greenwich`() throws {
    let head = """
      <meta property="article:published_time" content="2020-01-13T01:00:00+03:00">
      <script type="application/ld+json">{"@type":"Article","headline":"x","datePublished":"2020-01-12T22:00:00Z"}</script>
      """
    #expect(try date(Pages.prose, head: head) == "2020-01-13")
  }

  @Test(arguments: [
    "<p>By Ada Lovelace</p>\(Pages.prose)", "<p>Von Ada Lovelace, Hamburg</p>\(Pages.prose)",
    "<p>Auteur : Ada Lovelace</p>\(Pages.prose)", "<p>Text von Ada Lovelace</p>\(Pages.prose)",
    "<p><a href='/authors/ada'>Ada Lovelace</a></p>\(Pages.prose)",
    "<a class='x' href='https://n.example/staff/ada'>Ada Lovelace</a>\(Pages.prose)",
    "\(Pages.prose)<p>Por Ada Lovelace</p>",
  ])
  func `a byline without markup names the author`(content: String) throws {
    #expect(try authors(content).first == "Ada Lovelace")
  }

  @Test func `an author that is named by its identifier is looked up`() throws {
    let head = """
      <script type="application/ld+json">{"@graph":[{"@type":"WebPage","author":{"@id":"#p"}},
      {"@type":"Article","headline":"x","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Ada Lovelace"}]}</script>
      """
    #expect(try authors(Pages.prose, head: head) == ["Ada Lovelace"])
  }

  @Test func `a user's name may hold digits, and a link in the footer names nobody`() throws {
    #expect(try authors("<a rel=author href=/u>freeman1984</a>\(Pages.prose)") == ["freeman1984"])
    #expect(try authors("\(Pages.prose)<footer>Theme by <a rel=author href=/t>Grillworks</a></footer>").isEmpty)
  }

  @Test func `tags are those that the page links if it declares none`() throws {
    let page = try Pages.extract(
      Pages.page(Pages.prose + "<p><a rel=tag href=/t/sand>Sand</a> <a rel='nofollow tag' href=/t/sea>Sea</a></p>"))
    #expect(page.tags == ["Sand", "Sea"])
  }

  @Test func `the description is the page's own before the one of its JSON-LD`() throws {
    let head = """
      <meta property="og:description" content="About sand &amp;amp; sea">
      <script type="application/ld+json">{"@type":"Article","headline":"x","description":"Another"}</script>
      """
    #expect(try Pages.extract(Pages.page(Pages.prose, head: head)).description == "About sand & sea")
  }
}
