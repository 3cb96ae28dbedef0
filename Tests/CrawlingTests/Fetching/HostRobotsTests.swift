import Crawling
import Domain
import Foundation
import HTTP
import TestSupport
import Testing

@Suite struct `The rules of hosts` {
  let folder: TemporaryFolder
  let server: CrawlServer
  let memory = TestMemory()

  init() throws {
    folder = try TemporaryFolder()
    server = try CrawlServer()
  }

  private func obeying(lifetime: Duration = HostRobots.lifetime, pause: Duration = HostRobots.pause) -> CrawlContext {
    var context = context(folder, proxy: server.origin, attempts: 2)
    context.robots = HostRobots(http: context.http, gate: context.gate, lifetime: lifetime, pause: pause)
    return context
  }

  private func crawl(_ link: String, in context: CrawlContext) async throws -> CrawlOutcome {
    try await ArticleCrawler().crawl(CrawlSource(link), author: ada, context: context, remembering: memory)
  }

  private func robots(_ text: String) throws {
    try server.behave(["/robots.txt": .init(type: "text/plain", body: text)])
  }

  @Test func `are asked for once by host, and what they forbid is not fetched`() async throws {
    try robots("User-agent: *\nDisallow: /p/2\n")
    let context = obeying()
    #expect(try await crawl("http://a.example/p/1", in: context).documents.count == 1)
    let forbidden = try await crawl("http://a.example/p/2", in: context)
    #expect(forbidden.skipped.first?.reason.contains("robots.txt") == true && forbidden.failures.isEmpty)
    #expect(try await crawl("http://b.example/p/1", in: context).documents.count == 1)
    #expect(try await crawl("http://a.example:8080/p/1", in: context).documents.count == 1, "another server")
    let requests = try server.requests()
    #expect(
      requests.map { $0.host + $0.path } == [
        "a.example/robots.txt", "a.example/p/1", "b.example/robots.txt", "b.example/p/1", "a.example:8080/robots.txt",
        "a.example:8080/p/1",
      ])
  }

  @Test func `are asked for once by many who want them at the same time`() async throws {
    try robots("User-agent: *\nDisallow: /q\n")
    let context = obeying()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<20 {
        group.addTask { try await context.robots.permission(for: "http://a.example/p/\(number)").isAllowed }
      }
      for try await isAllowed in group { #expect(isAllowed) }
    }
    #expect(try server.requests().count == 1)
  }

  /// What hosts said, for as long as a test lasts.
  private actor Kept: RobotsMemory {
    private(set) var records: [String: RobotsRecord] = [:]
    private(set) var writes = 0

    func robots(of origin: String) -> RobotsRecord? { records[origin] }

    func remember(_ record: RobotsRecord, of origin: String) {
      records[origin] = record
      writes += 1
    }
  }

  @Test func `are known to the runs of a day, and then asked for with their validators`() async throws {
    try server.behave([
      "a.example/robots.txt": .init(type: "text/plain", body: "User-agent: *\nDisallow: /p/2\n"),
      "b.example/robots.txt": .init(status: 404),
    ])
    let kept = Kept()
    func permissions(hours: Double) async throws -> [Bool] {
      let context = context(folder, proxy: server.origin, attempts: 1)
      let date = Date(timeIntervalSince1970: 1_800_000_000 + hours * 3600)
      let rules = HostRobots(http: context.http, gate: context.gate, memory: kept, date: date)
      var permissions: [Bool] = []
      for link in ["http://a.example/p/1", "http://a.example/p/2", "http://b.example/p/2"] {
        permissions.append(try await rules.permission(for: link).isAllowed)
      }
      return permissions
    }
    #expect(try await permissions(hours: 0) == [true, false, true])
    #expect(try server.requests().map(\.status) == [200, 404])
    #expect(try await permissions(hours: 23) == [true, false, true])
    #expect(try server.requests().count == 2)
    #expect(await kept.writes == 2)
    #expect(try await permissions(hours: 25) == [true, false, true])
    #expect(try server.requests().map(\.status) == [200, 404, 304, 404])
    #expect(try await permissions(hours: 26) == [true, false, true])
    #expect(try server.requests().count == 4)
  }

  @Test func `are asked for again when they are too old`() async throws {
    let context = obeying(lifetime: .zero)
    for _ in 0..<2 { #expect(try await context.robots.permission(for: "http://a.example/").isAllowed) }
    #expect(try server.requests().count == 2)
  }

  @Test(arguments: [400, 401, 403, 404, 410, 451])
  func `that are not there allow everything`(status: Int) async throws {
    try server.behave(["/robots.txt": .init(status: status, body: "User-agent: *\nDisallow: /")])
    #expect(try await crawl("http://a.example/p/1", in: obeying()).documents.count == 1)
  }

  @Test(arguments: [500, 503, 429])
  func `that cannot be had forbid everything for a while, which is a failure of what was to be fetched`(
    status: Int
  ) async throws {
    try server.behave(["/robots.txt": .init(status: status)])
    let context = obeying()
    let first = try await crawl("http://a.example/p/1", in: context)
    #expect(first.documents.isEmpty && first.failures.map(\.attempts) == [2])
    #expect(first.failures.first?.message.contains("robots.txt cannot be had") == true, "\(first)")
    let second = try await crawl("http://a.example/p/2", in: context)
    #expect(second.failures.map(\.attempts) == [0])
    #expect(try server.requests().map(\.path) == ["/robots.txt", "/robots.txt"])
    // The page is no worse off for it.
    try server.behave([:])
    #expect(try await crawl("http://a.example/p/1", in: obeying()).documents.count == 1)
  }

  @Test func `that could not be had are asked for again after a pause`() async throws {
    try server.behave(["/robots.txt": .init(status: 500, failures: 2)])
    let context = obeying(pause: .zero)
    #expect(try await crawl("http://a.example/p/1", in: context).failures.count == 1)
    #expect(try await crawl("http://a.example/p/1", in: context).documents.count == 1)
  }

  @Test func `of a host that does not answer are not known`() async throws {
    server.stop()
    let outcome = try await crawl("http://a.example/p/1", in: obeying())
    #expect(outcome.documents.isEmpty && outcome.failures.count == 1 && outcome.skipped.isEmpty)
  }

  @Test func `may be elsewhere, and count for the host that was asked`() async throws {
    try server.behave([
      "a.example/robots.txt": .init(status: 301, location: "http://b.example/1"),
      "b.example/1": .init(status: 302, location: "/2"), "b.example/2": .init(status: 302, location: "/3"),
      "b.example/3": .init(status: 302, location: "/4"), "b.example/4": .init(status: 302, location: "/5"),
      "b.example/5": .init(type: "text/plain", body: "User-agent: *\nDisallow: /p\n"),
    ])
    let context = obeying()
    #expect(try await !context.robots.permission(for: "http://a.example/p/1").isAllowed)
    #expect(try await context.robots.permission(for: "http://b.example/p/1").isAllowed)
  }

  @Test func `that lead in a circle are not there`() async throws {
    try server.behave(["/robots.txt": .init(status: 301, location: "/robots.txt")])
    #expect(try await crawl("http://a.example/p/1", in: obeying()).documents.count == 1)
  }

  @Test func `may ask for a delay, which the gate keeps, and are not asked for on one's own site`() async throws {
    try robots("User-agent: *\nCrawl-delay: 0.2\nDisallow: /p/2")
    let context = obeying()
    let start = ContinuousClock.now
    for number in [0, 1] { #expect(try await crawl("http://a.example/p/\(number)", in: context).documents.count == 1) }
    #expect(ContinuousClock.now - start >= .milliseconds(200))
    var limits = HostLimits()
    limits.ownSites = ["own.example"]
    var own = obeying()
    own.gate = HostGate(limits)
    #expect(try await crawl("http://own.example/p/2", in: own).documents.count == 1)
    #expect(try server.requests().last { $0.path == "/robots.txt" }?.host == "a.example")
  }

  @Test func `hold for every redirect`() async throws {
    try server.behave([
      "/old": .init(status: 301, location: "http://b.example/p/1"),
      "b.example/robots.txt": .init(type: "text/plain", body: "User-agent: twin\nDisallow: /\n"),
    ])
    let outcome = try await crawl("http://a.example/old", in: obeying())
    #expect(outcome.skipped.count == 1 && outcome.documents.isEmpty)
    #expect(try !server.requests().contains { $0.path == "/p/1" })
  }

  @Test func `are read as far as they must be, however long they are`() async throws {
    let long =
      "User-agent: *\nDisallow: /p\n" + String(repeating: "# \(String(repeating: "x", count: 97))\n", count: 10_000)
    try robots(long)
    let outcome = try await crawl("http://a.example/p/1", in: obeying())
    #expect(outcome.documents.isEmpty && outcome.skipped.count == 1, "\(outcome)")
  }
}
