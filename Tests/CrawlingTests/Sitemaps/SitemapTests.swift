import Crawling
import Domain
import Foundation
import TestSupport
import Testing

@Suite struct `The pages of a sitemap` {
  let folder: TemporaryFolder
  let server: CrawlServer
  let memory = TestMemory()

  init() throws {
    folder = try TemporaryFolder()
    server = try CrawlServer()
  }

  private func context(_ limits: CrawlLimits = CrawlLimits()) -> CrawlContext {
    CrawlingTests.context(folder, proxy: server.origin, attempts: 1, limits: limits)
  }

  private func crawl(
    _ link: String = "http://a.example/map.xml", options: [String: [String]] = [:], in context: CrawlContext? = nil
  ) async throws -> CrawlOutcome {
    try await ArticleCrawler().crawl(
      CrawlSource(link, options: options), author: ada, context: context ?? self.context(), remembering: memory)
  }

  private func map(_ pages: [(Int, String?)], host: String = "a.example") -> CrawlServer.Behaviour {
    let urls = pages.map { number, date in
      "<url><loc> http://\(host)/p/\(number) </loc>\(date.map { "<lastmod>\($0)</lastmod>" } ?? "")</url>"
    }
    return .init(
      type: "application/xml",
      body: "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\(urls.joined())</urlset>")
  }

  private func index(_ links: [String]) -> CrawlServer.Behaviour {
    let maps = links.map { "<sitemap><loc>\($0)</loc></sitemap>" }.joined()
    return .init(type: "text/xml", body: "<sitemapindex>\(maps)</sitemapindex>")
  }

  private func links(_ numbers: Int...) -> Set<String> { Set(numbers.map { "http://a.example/p/\($0)" }) }

  @Test func `are fetched, and again only if the map or the page says that they have changed`() async throws {
    let old = "2026-05-07T12:00:00Z"
    try server.behave(["/map.xml": map([(1, old), (2, "2026-05-07"), (3, nil)])])
    #expect(Set(try await crawl().documents.map(\.link)) == links(1, 2, 3))
    try server.forget()
    let writes = await memory.writes
    let second = try await crawl()
    #expect(Set(second.unchanged) == links(1, 2, 3) && second.documents.isEmpty)
    // Two of the pages are spared.
    #expect(try server.requests().map(\.path) == ["/map.xml", "/p/3"])
    #expect(try server.requests().allSatisfy { $0.status == 304 })
    #expect(await memory.writes == writes)

    try server.forget()
    try server.behave([
      "/map.xml": map([(1, "2026-06-01T00:00:00Z"), (2, "2026-05-07"), (3, nil), (4, old)]), "/p/1": .init(version: 2),
    ])
    let third = try await crawl()
    #expect(Set(third.documents.map(\.link)) == links(1, 4) && Set(third.unchanged) == links(2, 3))
    #expect(try Set(server.requests().map(\.path)) == ["/map.xml", "/p/1", "/p/3", "/p/4"])
  }

  @Test func `are asked for on the day on which they were modified, and spared from the next one on`() async throws {
    var context = context()
    context.date = Date(timeIntervalSince1970: 1_778_155_200)
    try server.behave(["/map.xml": map([(1, "2026-05-07")])])
    var paths: [[String]] = []
    for _ in 0..<4 {
      try server.forget()
      _ = try await crawl(in: context)
      paths.append(try server.requests().map(\.path))
      context.date += 86_400
    }
    // The last visit on a later day than the modification settles it.
    #expect(paths == [["/map.xml", "/p/1"], ["/map.xml", "/p/1"], ["/map.xml"], ["/map.xml"]])
  }

  @Test func `that it does not name any more are asked for once more`() async throws {
    try server.behave(["/map.xml": map([(1, nil), (2, nil), (3, nil)])])
    _ = try await crawl()
    try server.behave(["/map.xml": map([(1, nil)]), "/p/2": .init(status: 404)])
    let outcome = try await crawl()
    #expect(outcome.gone == ["http://a.example/p/2"] && Set(outcome.unchanged) == links(1, 3))
    try server.forget()
    _ = try await crawl()
    #expect(try server.requests().map(\.path) == ["/map.xml", "/p/1"])
  }

  @Test func `may be in other sitemaps, packed ones too, of which each is asked for with its validators`() async throws
  {
    var packed = map([(2, nil)])
    packed.packed = true
    packed.type = "application/gzip"
    try server.behave([
      "/map.xml": index(["http://a.example/1.xml", "http://a.example/2.xml.gz", "http://a.example/1.xml"]),
      "/1.xml": map([(1, nil)]), "/2.xml.gz": packed,
    ])
    #expect(Set(try await crawl().documents.map(\.link)) == links(1, 2))
    try server.forget()
    let second = try await crawl()
    #expect(Set(second.unchanged) == links(1, 2))
    #expect(try server.requests().count == 5 && server.requests().allSatisfy { $0.status == 304 })
  }

  @Test func `are those of its own host and of the paths that are wanted`() async throws {
    let pages = ["/blog/1", "/blog/2/x", "/blog/old/3", "/about", "/news/2026/5/y"]
    let urls = (pages.map { "http://a.example\($0)" } + ["http://b.example/blog/1", "ftp://a.example/blog/1"])
      .map { "<url><loc>\($0)</loc></url>" }.joined()
    try server.behave(["/map.xml": .init(type: "text/xml", body: "<urlset>\(urls)</urlset>")])
    let options = ["include": ["/blog/**", "news/20??/*/y"], "exclude": ["**/old/*", "http://a.example/blog/*/x"]]
    let outcome = try await crawl(options: options)
    #expect(Set(try server.requests().map(\.path)) == ["/map.xml", "/blog/1", "/news/2026/5/y"])
    let reasons = Dictionary(outcome.skipped.map { ($0.reason, $0.count) }, uniquingKeysWith: +)
    #expect(reasons["left out by `include` and `exclude`"] == 3)
    #expect(reasons["not on the host of the sitemap that names it"] == 2)
  }

  @Test func `are read from a text with one address in each line`() async throws {
    let text = "http://a.example/p/1\r\n\r\nhttp://a.example/p/2\n"
    try server.behave(["/map.txt": .init(type: "text/plain", body: text)])
    #expect(Set(try await crawl("http://a.example/map.txt").documents.map(\.link)) == links(1, 2))
  }

  @Test func `are found by the home page, or by the robots file, when there is no feed`() async throws {
    let home = CrawlServer.Behaviour(body: "<html><body><script>go()</script></body></html>")
    try server.behave(["a.example/": home, "/sitemap.xml": map([(1, nil)])])
    #expect(Set(try await crawl("http://a.example/").documents.map(\.link)) == links(1))
    try server.behave([
      "b.example/": home, "/map.xml": map([(2, nil)], host: "b.example"), "/sitemap.xml": .init(status: 404),
      "/robots.txt": .init(type: "text/plain", body: "Sitemap: http://b.example/map.xml\nSitemap: http://c.example/x"),
    ])
    var context = context()
    context.robots = HostRobots(http: context.http, gate: context.gate)
    #expect(try await crawl("http://b.example/", in: context).documents.map(\.link) == ["http://b.example/p/2"])
    #expect(try !server.requests().contains { $0.host == "c.example" })
  }

  @Test func `are fetched for a map that was saved as a file`() async throws {
    try folder.write(map([(1, nil), (2, nil)]).body ?? "", to: "map.xml")
    let outcome = try await Dispatcher().crawl(
      CrawlSource(folder.path("map.xml")), author: ada, context: context())
    #expect(Set(outcome.documents.map(\.link)) == links(1, 2))
    let script = "import gzip,sys; open(sys.argv[2], 'wb').write(gzip.compress(open(sys.argv[1], 'rb').read()))"
    try ran(testPython, ["-c", script, folder.path("map.xml"), folder.path("map.xml.gz")])
    let packed = try await Dispatcher().crawl(
      CrawlSource(folder.path("map.xml.gz")), author: ada, context: context())
    #expect(Set(packed.documents.map(\.link)) == links(1, 2))
  }

  // MARK: Attacks

  @Test func `that are too many, or in too many maps, are not fetched`() async throws {
    var limits = CrawlLimits()
    (limits.sitemap.pages, limits.sitemap.files) = (3, 2)
    try server.behave([
      "/map.xml": index((1...4).map { "http://a.example/\($0).xml" }), "/1.xml": map((0..<5).map { ($0, nil) }),
    ])
    let outcome = try await crawl(in: context(limits))
    #expect(outcome.documents.count == 3)
    #expect(outcome.skipped.contains { $0.reason == "more than 3 pages of one source" && $0.count == 2 })
    #expect(outcome.skipped.filter { $0.reason.contains("one of too many") }.count == 3)
    #expect(try server.requests().filter { $0.path.hasSuffix(".xml") }.count == 2)
  }

  @Test func `in a map of maps of maps are not looked for, and a map that names itself ends`() async throws {
    try server.behave([
      "/map.xml": index(["http://a.example/1.xml", "http://a.example/map.xml"]),
      "/1.xml": index(["http://a.example/2.xml", "http://a.example/map.xml"]), "/2.xml": map([(1, nil)]),
    ])
    let outcome = try await crawl()
    #expect(outcome.documents.isEmpty && outcome.failures.isEmpty)
    #expect(try server.requests().map(\.path) == ["/map.xml", "/1.xml"])
  }

  @Test func `of a map with more than fifty thousand are cut off`() async throws {
    var limits = CrawlLimits()
    limits.sitemap.entries = 10
    try server.behave(["/map.xml": map((0..<50).map { ($0, nil) })])
    let outcome = try await crawl(in: context(limits))
    #expect(outcome.documents.count == 10 && outcome.skipped.count == 1)
    #expect(CrawlLimits().sitemap.entries == 50_000 && CrawlLimits().sitemap.fileBytes == 50 << 20)
  }

  @Test func `of a packed map that unpacks to gigabytes are not read`() async throws {
    let script = """
      import gzip, sys
      with gzip.open(sys.argv[1], 'wb') as file:
        file.write(b'<urlset>')
        for _ in range(64): file.write(b' ' * (1 << 20))
      """
    try ran(testPython, ["-c", script, folder.path("bomb.xml.gz")])
    let message = await crawlError {
      _ = try await Dispatcher().crawl(CrawlSource(folder.path("bomb.xml.gz")), author: ada, context: context())
    }
    #expect(message.contains("exceeds the limit"))
    try Data([0x1F, 0x8B, 8, 0, 0, 0]).write(to: folder.url.appending(path: "cut.xml.gz"))
    let damaged = await crawlError {
      _ = try await Dispatcher().crawl(CrawlSource(folder.path("cut.xml.gz")), author: ada, context: context())
    }
    #expect(damaged.contains("damaged"))
  }

  @Test func `of a map that declares entities or names nothing are a failure that says so`() async throws {
    let bomb = "<!DOCTYPE urlset [<!ENTITY x \"http://a.example/p/1\">]><urlset><url><loc>&x;</loc></url></urlset>"
    try server.behave([
      "/map.xml": .init(type: "application/xml", body: bomb), "/empty.xml": .init(type: "text/xml", body: "<urlset/>"),
    ])
    #expect(try await crawl().failures.first?.message.contains("declares entities") == true)
    #expect(try await crawl("http://a.example/empty.xml").failures.first?.message.contains("names no pages") == true)
  }

  @Test func `of a map that is damaged do no harm`() async throws {
    let corpus = [
      map([(1, "2026-05-07"), (2, nil)]).body ?? "", index(["http://a.example/1.xml"]).body ?? "",
      "http://a.example/p/1\n",
    ].map { Array($0.utf8) }
    let words = [
      "<loc>", "</url>", "<url>", "<sitemap>", "&#0;", "<![CDATA[", "<lastmod>2026</lastmod>", "\u{FEFF}", "]]>",
    ]
    var context = CrawlingTests.context(folder, proxy: "http://127.0.0.1:1", attempts: 1)
    context.limits.sitemap.pages = 5
    for bytes in Mutations(of: corpus, words: words, count: 300, seed: 50_000) {
      try Data(bytes).write(to: folder.url.appending(path: "map.xml"))
      do {
        let outcome = try await ArticleCrawler().crawl(
          CrawlSource(folder.path("map.xml")), author: ada, context: context)
        #expect(outcome.documents.isEmpty && outcome.failures.count <= 6)
      } catch let error as CrawlError {
        #expect(error.description.hasPrefix("cannot crawl"))
      }
    }
  }
}
