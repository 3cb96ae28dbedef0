import Crawling
import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct `A page that was crawled before` {
  let folder: TemporaryFolder
  let server: CrawlServer
  let memory = TestMemory()

  init() throws {
    folder = try TemporaryFolder()
    server = try CrawlServer()
  }

  private func crawl(
    _ link: String = "http://a.example/p/1", tags: [String] = [], with crawler: ArticleCrawler = ArticleCrawler(),
    in context: CrawlContext? = nil
  ) async throws -> CrawlOutcome {
    try await crawler.crawl(
      CrawlSource(link, tags: tags), author: ada,
      context: context ?? CrawlingTests.context(folder, proxy: server.origin, attempts: 3), remembering: memory)
  }

  @Test func `is asked for with its validators, and nothing is written if it is as it was`() async throws {
    #expect(try await crawl().documents.map(\.link) == ["http://a.example/p/1"])
    let writes = await memory.writes
    let again = try await crawl()
    #expect(again.unchanged == ["http://a.example/p/1"] && again.documents.isEmpty && again.failures.isEmpty)
    #expect(try server.requests().map(\.status) == [200, 304])
    #expect(await memory.writes == writes)
    try server.behave(["/p/1": .init(version: 2)])
    #expect(try await crawl().documents.first?.text.contains("count to 2") == true)
  }

  @Test func `is not read again without validators if its bytes are the same`() async throws {
    try server.behave(["/p/1": .init(validators: false)])
    let count = Mutex(0)
    let crawler = ArticleCrawler(
      pages: PageReader { html, _, _ in
        count.withLock { $0 += 1 }
        return ExtractedPage(markdown: String(decoding: html, as: UTF8.self), text: "x")
      })
    _ = try await crawl(with: crawler)
    let writes = await memory.writes
    #expect(try await crawl(with: crawler).unchanged.count == 1)
    #expect(try server.requests().map(\.status) == [200, 200])
    #expect(count.withLock { $0 } == 1)
    #expect(await memory.writes == writes)
  }

  @Test func `is fetched anew when the source has other tags, or its document is no longer stored`() async throws {
    _ = try await crawl()
    #expect(try await crawl(tags: ["gears"]).documents.count == 1)
    #expect(try await crawl(tags: ["gears"]).unchanged.count == 1)
    await memory.delete("http://a.example/p/1")
    #expect(try await crawl(tags: ["gears"]).documents.count == 1)
    #expect(try server.requests().map(\.isConditional) == [false, false, true, false])
  }

  @Test(arguments: [404, 410])
  func `is gone when its server says so, stays gone, and may come back`(status: Int) async throws {
    _ = try await crawl()
    try server.behave(["/p/1": .init(status: status)])
    for _ in 0..<2 {
      let outcome = try await crawl()
      #expect(outcome.gone == ["http://a.example/p/1"] && outcome.failures.isEmpty)
    }
    try server.behave([:])
    #expect(try await crawl().documents.count == 1)
    #expect(try server.requests().last?.isConditional == false)
  }

  @Test func `is known to be gone also if it was crawled when no states were kept`() async throws {
    _ = try await crawl()
    try server.behave(["/p/1": .init(status: 404)])
    let old = TestMemory()
    for (link, known) in await memory.documents {
      var record = known.crawl
      (record.requestedURL, record.bodyHash) = (nil, nil)
      let document = RawDocument(category: .articles, link: link, platform: "x", author: ada, text: "x", crawl: record)
      await old.take(.document(document))
    }
    let outcome = try await ArticleCrawler().crawl(
      CrawlSource("http://a.example/p/1"), author: ada, context: context(folder, proxy: server.origin), remembering: old
    )
    #expect(outcome.gone == ["http://a.example/p/1"])
  }

  @Test func `leaves its document behind when it becomes another one`() async throws {
    let page =
      "<html><head><link rel=canonical href='/new'></head><body><article><p>\(words)</p></article></body></html>"
    _ = try await crawl()
    try server.behave(["/p/1": .init(body: page)])
    let outcome = try await crawl()
    #expect(outcome.documents.map(\.link) == ["http://a.example/new"] && outcome.gone == ["http://a.example/p/1"])
  }

  @Test func `that is no article stays skipped without being read again`() async throws {
    let crawler = ArticleCrawler(
      pages: PageReader { _, _, _ in ExtractedPage(markdown: "x", text: "x", kind: .index) })
    for _ in 0..<2 {
      let outcome = try await crawl(with: crawler)
      #expect(outcome.skipped.first?.reason.contains("list of links") == true && outcome.failures.isEmpty)
    }
    #expect(try server.requests().map(\.status) == [200, 304])
  }

  @Test func `has both addresses when it redirects, and is asked for at the second one with validators`() async throws {
    try server.behave(["/old": .init(status: 301, location: "http://b.example/p/1")])
    let record = try #require(try await crawl("http://a.example/old").documents.first?.crawl)
    #expect(record.requestedURL == "http://a.example/old" && record.url == "http://b.example/p/1")
    #expect(try await crawl("http://a.example/old").unchanged == ["http://b.example/p/1"])
    #expect(try server.requests().map(\.status) == [301, 200, 301, 304])
    #expect(try server.requests().map(\.isConditional) == [false, false, false, true])
  }

  // MARK: Failures

  @Test func `that fails for a moment is asked for again, and how often is known`() async throws {
    try server.behave(["/p/1": .init(status: 503, failures: 2)])
    #expect(try await crawl().documents.count == 1)
    #expect(try server.requests().map(\.status) == [503, 503, 200])
    server.stop()
    let outcome = try await crawl("http://b.example/p/1")
    #expect(outcome.failures.map(\.attempts) == [3], "\(outcome.failures)")
  }

  @Test func `that keeps failing is tried less and less often, unless somebody asks for it`() async throws {
    try server.behave(["/p/1": .init(status: 404)])
    var context = context(folder, proxy: server.origin)
    let start = context.date
    var failures: [CrawlFailure] = []
    for minutes in [0, 1, 30, 62] {
      context.date = start + Double(minutes * 60)
      failures += try await crawl(in: context).failures
    }
    #expect(failures.map(\.attempts) == [1, 1, 0, 1])
    #expect(failures.allSatisfy { $0.message.contains("HTTP 404") })
    let tries = [nil, start + 3660, start + 3660, start + 62 * 60 + 4 * 3600]
    #expect(failures.map(\.nextTry) == tries)
    #expect(try server.requests().count == 3)
    context.ignoresNextTry = true
    #expect(try await crawl(in: context).failures.map(\.attempts) == [1])
    context.ignoresNextTry = false
    #expect(try await crawl(tags: ["new"], in: context).failures.map(\.attempts) == [1])
  }

  @Test func `on a host that asks for a long pause keeps nobody waiting, and its neighbours are not asked for`()
    async throws
  {
    try server.behave(["/p/1": .init(status: 429, retryAfter: "7200")])
    let context = context(folder, proxy: server.origin)
    let first = try await crawl(in: context)
    #expect(first.failures.map(\.attempts) == [1] && first.failures.first?.nextTry == context.date + 7200)
    let second = try await crawl("http://a.example/p/2", in: context)
    #expect(second.failures.map(\.attempts) == [0] && second.failures.first?.nextTry != nil, "\(second)")
    #expect(try await crawl("http://b.example/p/2", in: context).documents.count == 1)
    #expect(try server.requests().count == 2)
  }

  @Test func `on a host that cannot be reached is given up at once when another one of it was tried in vain`()
    async throws
  {
    let context = context(folder, attempts: 2)
    let down = "http://127.0.0.1:1"
    #expect(try await crawl("\(down)/1", in: context).failures.map(\.attempts) == [2])
    let second = try await crawl("\(down)/2", in: context)
    #expect(second.failures.map(\.attempts) == [0] && second.failures.first?.nextTry == nil, "\(second)")
    #expect(try await crawl("\(server.origin)/p/1", in: context).documents.count == 1, "another port, another server")
  }

  @Test func `that redirects in a circle is given up`() async throws {
    try server.behave(["/loop": .init(status: 302, location: "/loop")])
    let outcome = try await crawl("http://a.example/loop")
    #expect(outcome.failures.first?.message.contains("10 redirects") == true, "\(outcome)")
    #expect(try server.requests().count == 11)
  }

  // MARK: Robots

  private struct Robots: RobotsRules {
    let forbidden: String
    let asked = Asked()
    actor Asked {
      private(set) var urls: [String] = []
      func add(_ url: String) { urls.append(url) }
    }
    func permission(for url: String) async -> RobotsPermission {
      await asked.add(url)
      return RobotsPermission(isAllowed: !url.contains(forbidden))
    }
  }

  @Test func `is skipped where its host forbids it, at every redirect, and never on one's own site`() async throws {
    try server.behave(["/old": .init(status: 301, location: "http://b.example/p/1")])
    let robots = Robots(forbidden: "b.example")
    var context = context(folder, proxy: server.origin)
    context.robots = robots
    let outcome = try await crawl("http://a.example/old", in: context)
    #expect(outcome.skipped.first?.reason.contains("robots.txt") == true && outcome.failures.isEmpty)
    #expect(await robots.asked.urls == ["http://a.example/old", "http://b.example/p/1"])
    #expect(try server.requests().map(\.host) == ["a.example"])
    var limits = HostLimits()
    limits.ownSites = ["b.example"]
    context.gate = HostGate(limits)
    #expect(try await crawl("http://b.example/p/1", in: context).documents.count == 1)
  }

  // MARK: Feeds

  @Test func `in a feed is asked for with its own validators, and so is the feed`() async throws {
    let first = try await crawl("http://a.example/feed/3")
    #expect(Set(first.documents.map(\.link)) == Set((0..<3).map { "http://a.example/p/\($0)" }))
    let writes = await memory.writes
    try server.forget()
    let second = try await crawl("http://a.example/feed/3")
    #expect(second.unchanged.count == 3 && second.documents.isEmpty)
    let requests = try server.requests()
    #expect(requests.first?.path == "/feed/3" && Set(requests.map(\.path)) == ["/feed/3", "/p/0", "/p/1", "/p/2"])
    #expect(requests.allSatisfy { $0.status == 304 })
    #expect(Set(requests.map(\.entityTag)).count == 4)
    #expect(await memory.writes == writes)
  }

  @Test func `in a feed is found when it is new, and its neighbours are not fetched again`() async throws {
    try server.behave(["/f": .init(type: "application/rss+xml", body: feed(of: 2))])
    #expect(try await crawl("http://a.example/f").documents.count == 2)
    try server.behave(["/f": .init(type: "application/rss+xml", body: feed(of: 3))])
    let outcome = try await crawl("http://a.example/f")
    #expect(outcome.documents.map(\.link) == ["http://a.example/p/2"] && outcome.unchanged.count == 2)
  }

  @Test func `in a feed waits for the turn of its host`() async throws {
    var context = context(folder, proxy: server.origin)
    var limits = HostLimits()
    limits.delay = .milliseconds(50)
    context.gate = HostGate(limits)
    let start = ContinuousClock.now
    #expect(try await crawl("http://a.example/feed/3", in: context).documents.count == 3)
    // Four requests, three pauses.
    #expect(ContinuousClock.now - start >= .milliseconds(150))
  }

  private func feed(of count: Int) -> String {
    let items = (0..<count).map { "<item><link>http://a.example/p/\($0)</link></item>" }.joined()
    return "<rss version=\"2.0\"><channel>\(items)</channel></rss>"
  }

  private var words: String {
    "A loom follows the holes of its cards, and lifts the threads that they tell it to lift, one row after the other."
  }
}
