import Crawling
import Domain
import Foundation
import TestSupport
import Testing

@Suite struct `The articles of a feed` {
  let folder: TemporaryFolder
  let server: CrawlServer
  let memory = TestMemory()

  init() throws {
    folder = try TemporaryFolder()
    server = try CrawlServer()
  }

  private func crawl(
    _ link: String = "http://a.example/f", options: [String: [String]] = [:], in context: CrawlContext? = nil
  ) async throws -> CrawlOutcome {
    try await ArticleCrawler().crawl(
      CrawlSource(link, options: options), author: ada,
      context: context ?? CrawlingTests.context(folder, proxy: server.origin, attempts: 1), remembering: memory)
  }

  private let words = """
    <p>Every card is a row of holes, and every hole lifts a thread, so that a pattern is a row of cards.</p>\
    <p>Whoever punches the cards writes the cloth, and may write numbers as well as flowers.</p>
    """

  private func item(_ number: Int, _ text: String? = nil) -> String {
    let content = text.map { "<content:encoded><![CDATA[\($0)]]></content:encoded>" } ?? ""
    return "<item><title>Gear \(number)</title><link>http://a.example/p/\(number)</link>\(content)</item>"
  }

  private func feed(_ items: String...) -> CrawlServer.Behaviour {
    .init(type: "application/rss+xml", body: "<rss version=\"2.0\"><channel>\(items.joined())</channel></rss>")
  }

  private func links(_ numbers: Int...) -> [String] { numbers.map { "http://a.example/p/\($0)" } }

  @Test func `are found though the feed says of itself that it is something else`() async throws {
    for type in ["text/html", "text/plain; charset=utf-8", "application/json", "application/octet-stream"] {
      var behaviour = feed(item(1))
      behaviour.type = type
      try server.behave(["/f": behaviour])
      let outcome = try await ArticleCrawler().crawl(
        CrawlSource("http://a.example/f"), author: ada, context: context(folder, proxy: server.origin))
      #expect(outcome.documents.map(\.link) == links(1), "\(type): \(outcome)")
    }
  }

  @Test func `keep the feed's own validators apart from theirs`() async throws {
    try server.behave(["/f": feed(item(0), item(1))])
    _ = try await crawl()
    try server.forget()
    _ = try await crawl()
    let tags = try server.requests().map(\.entityTag)
    #expect(tags.count == 3 && Set(tags).count == 3 && !tags.contains(nil))
  }

  @Test func `are fetched at the same time, but no more than the host bears`() async throws {
    let hosts = ["a", "b", "c", "d"]
    let items = (0..<16).map { "<item><link>http://\(hosts[$0 % 4]).example/p/\($0)</link></item>" }
    var behaviours = ["/f": feed(items.joined())]
    for number in 0..<16 { behaviours["/p/\(number)"] = .init(seconds: 0.02) }
    try server.behave(behaviours)
    #expect(try await crawl().documents.count == 16)
    let requests = try server.requests().dropFirst()
    #expect(requests.allSatisfy { $0.running <= 2 })
    #expect(Set(requests.prefix(8).map(\.host)).count > 1, "no host is waited for before others are asked")
  }

  @Test func `are taken from the feed where their pages are refused, or give nothing`() async throws {
    let empty = "<html><body></body></html>"
    try server.behave([
      "/f": feed(item(1, words), item(2, words), item(3, words), item(4)), "/p/1": .init(status: 403),
      "/p/2": .init(body: empty),
      "a.example/robots.txt": .init(type: "text/plain", body: "User-agent: *\nDisallow: /p/3"),
      "/p/4": .init(status: 403),
    ])
    var context = context(folder, proxy: server.origin, attempts: 1)
    context.robots = HostRobots(http: context.http, gate: context.gate)
    let first = try await crawl(in: context)
    #expect(Set(first.documents.map(\.link)) == Set(links(1, 2, 3)), "\(first)")
    #expect(
      first.documents.allSatisfy { $0.text.hasPrefix("Every card") && $0.crawl?.producer?.hasPrefix("feed/") == true })
    #expect(first.failures.map(\.item) == links(4))
    let second = try await crawl(in: context)
    #expect(second.documents.isEmpty && Set(second.unchanged) == Set(links(1, 2, 3)), "\(second)")
    // The feed has another text, though the pages are what they were.
    try server.behave([
      "/f": feed(item(1, words + words), item(2, words + words)), "/p/1": .init(status: 403),
      "/p/2": .init(body: empty),
    ])
    #expect(Set(try await crawl(in: context).documents.map(\.link)) == Set(links(1, 2)))
  }

  @Test func `that fail are looked for in the feed again, though it has not changed`() async throws {
    try server.behave(["/f": feed(item(1, words)), "/p/1": .init(status: 503)])
    #expect(try await crawl().failures.count == 1)
    try server.behave(["/f": feed(item(1, words)), "/p/1": .init(status: 403)])
    #expect(try await crawl().documents.map(\.link) == links(1))
  }

  @Test func `of which it has the beginning only are not taken from it`() async throws {
    let teaser = words + "<p><a href=\"https://medium.com/p/1\">Continue reading on Medium »</a></p>"
    try server.behave(["/f": feed(item(1, teaser)), "/p/1": .init(status: 403)])
    let outcome = try await crawl()
    #expect(outcome.documents.isEmpty && outcome.failures.count == 1)
  }

  @Test func `that are lists themselves are left out`() async throws {
    try server.behave(["/f": feed("<item><link>http://a.example/feed/2</link></item>", item(1))])
    for _ in 0..<2 {
      let outcome = try await crawl()
      #expect(outcome.skipped.map(\.reason) == ["a list in a list"])
      #expect(outcome.documents.count + outcome.unchanged.count == 1)
    }
  }

  // MARK: Home pages

  private func home(_ head: String) -> CrawlServer.Behaviour {
    let list = (0..<30).map { "<li><a href=\"/p/\($0)\">Gear number \($0) of this engine, and its teeth</a></li>" }
    return .init(body: "<!doctype html><html><head>\(head)</head><body><ul>\(list.joined())</ul></body></html>")
  }

  private let link = "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/f\">"

  @Test func `are found by the home page, which is asked for with its validators too`() async throws {
    let comments = "<link rel=alternate type=application/atom+xml title=Comments href=/comments>"
    try server.behave(["a.example/": home(comments + link), "/f": feed(item(1), item(2))])
    #expect(Set(try await crawl("http://a.example/").documents.map(\.link)) == Set(links(1, 2)))
    let writes = await memory.writes
    try server.forget()
    let second = try await crawl("http://a.example/")
    #expect(Set(second.unchanged) == Set(links(1, 2)) && second.skipped.isEmpty && second.failures.isEmpty)
    let requests = try server.requests()
    #expect(requests.map(\.path).prefix(2) == ["/", "/f"] && requests.allSatisfy { $0.status == 304 })
    #expect(await memory.writes == writes)
  }

  @Test func `are not looked for when nobody wants that, or when the page is an article`() async throws {
    let essay = "<html><head>\(link)</head><body><article>\(words)</article></body></html>"
    try server.behave(["a.example/": home(link), "/f": feed(item(1)), "/essay": .init(body: essay)])
    let outcome = try await crawl("http://a.example/", options: ["discover": ["false"]])
    #expect(outcome.skipped.count + outcome.documents.count + outcome.failures.count == 1)
    #expect(try server.requests().map(\.path) == ["/"])
    #expect(try await crawl("http://a.example/essay").documents.map(\.link) == ["http://a.example/essay"])
    #expect(try server.requests().map(\.path) == ["/", "/essay"])
  }

  @Test func `of which the home page tells nothing that can be had are no failure, unless the feed fails`() async throws
  {
    try server.behave(["a.example/": home(link)])
    for _ in 0..<2 {
      let outcome = try await crawl("http://a.example/")
      #expect(outcome.failures.isEmpty && outcome.skipped.count == 1 && outcome.documents.isEmpty, "\(outcome)")
    }
    var context = context(folder, proxy: server.origin, attempts: 1)
    context.ignoresNextTry = true
    try server.behave(["a.example/": home(link), "/f": .init(status: 500)])
    #expect(try await crawl("http://a.example/", in: context).failures.map(\.item) == ["http://a.example/f"])
    try server.behave(["a.example/": home(link), "/f": feed(item(1))])
    #expect(try await crawl("http://a.example/", in: context).documents.map(\.link) == links(1))
  }
}
