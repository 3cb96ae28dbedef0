import Dataflow
import Domain
import Foundation
import TestSupport
import Testing

@testable import Pipelines

/// Runs of etl over a small web.
@Suite struct CrawlRunTests {
  let folder: TemporaryFolder
  let server: CrawlServer

  init() throws {
    folder = try TemporaryFolder()
    server = try CrawlServer()
  }

  /// A client that takes the server for every host.
  private var client: HTTPClientConfiguration {
    var client = HTTPClientConfiguration()
    client.proxy = server.origin
    client.maximumAttempts = 2
    client.backoffBase = 0.01
    return client
  }

  /// A runner whose client takes the server for every host.
  private func runner(_ sources: [String], settings: String = "") throws -> PipelineRunner {
    let list = sources.map { "  - \($0)\n" }.joined()
    let yaml = "author: Ada Example\nsources:\n\(list)embedding: {model: hash}\ncrawl: {delay: 0s}\n\(settings)"
    let configuration = try folder.stores(yaml).configuration
    return PipelineRunner(Stores(configuration, http: HTTPClient(configuration: client)))
  }

  /// What the summary of a run noted under a name.
  private func noted<Value: Decodable>(_ key: String, of record: RunRecord) throws -> Value {
    let artifact = try #require(record.artifacts.first { $0.name == "crawlSummary" })
    return try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(artifact.metadata[key]))
  }

  private func documents(_ record: RunRecord) throws -> [String: Int] { try noted("documents", of: record) }

  /// All that the stores' file holds, as SQL. Its bytes would not do: opening it makes a table and drops it again, by
  /// which GRDB has SQLite make the files of its log.
  private func database() throws -> String {
    let script = "import sqlite3, sys\nfor line in sqlite3.connect(sys.argv[1]).iterdump(): print(line)"
    let result = try runBlocking(testPython, ["-c", script, folder.path("data/twin.sqlite")], input: "")
    try #require(result.status == 0, "\(result)")
    return result.output
  }

  @Test func `a second run of a thousand links sends conditional requests only, and writes nothing`() async throws {
    let links = (0..<1000).map { "http://host\($0 % 20).example/p/\($0)" }
    let first = try await runner(links).run(.etl)
    #expect(first.status == .succeeded, "\(first.failures.prefix(3))")
    #expect(try server.pageRequests().count == 1000)
    let stored = try database()
    try server.forget()
    #expect(stored.contains("http://host19.example/p/999"))

    let second = try await runner(links).run(.etl)
    #expect(second.status == .unchanged, "\(second.failures.prefix(3))")
    let requests = try server.pageRequests()
    #expect(requests.count == 1000)
    #expect(try server.requests().count == 1000, "what hosts allow is known for a day")
    #expect(requests.allSatisfy { $0.status == 304 && $0.entityTag != nil })
    #expect(requests.allSatisfy { $0.running <= 2 })
    #expect(try database() == stored)
    #expect(try documents(second)["unchanged"] == 1000)
    let hosts: [String: HostTally] = try noted("hosts", of: second)
    #expect(hosts.count == 20 && hosts.values.allSatisfy { $0.requests == 50 && $0.unchanged == 50 })
  }

  @Test func `what is gone at its source is marked, its features go, and both come back`() async throws {
    let links = ["http://a.example/p/1", "http://a.example/p/2"]
    let runner = try runner(links)
    #expect(try await runner.run(.etl).status == .succeeded)
    #expect(try await runner.run(.features).status == .succeeded)
    try server.behave(["/p/2": .init(status: 410)])
    let etl = try await runner.run(.etl)
    #expect(etl.status == .succeeded && etl.failures.isEmpty)
    #expect(try documents(etl) == ["inserted": 0, "updated": 0, "unchanged": 1, "gone": 1])

    let warehouse = try await runner.stores.warehouse()
    let gone = try #require(try await warehouse.document(link: links[1]))
    #expect(gone.crawl?.goneSince != nil && gone.text.contains("Gear 2"))
    #expect(try await warehouse.statistics().collections.map(\.gone) == [0, 0, 1, 0])
    let present: [String] = try await warehouse.documents(in: .articles).reduce(into: []) { $0.append($1.link) }
    #expect(present == [links[0]])
    let features = try await runner.run(.features)
    #expect(features.steps.first { $0.name == "goneDocuments" }?.items.out == 1)
    #expect(try await runner.run(.etl).status == .unchanged, "it is not marked again")

    try server.behave([:])
    #expect(try documents(try await runner.run(.etl))["updated"] == 1)
    #expect(try await warehouse.document(link: links[1])?.crawl?.goneSince == nil)
    let again = try await runner.run(.features)
    #expect(again.steps.first { $0.name == "loadedDocuments" }?.items.computed == 1)
  }

  @Test func `a note that was removed is marked as gone, unless something of its folder failed`() async throws {
    for name in ["one", "two"] { try folder.write("# \(name)\n\nWords of \(name).\n", to: "notes/\(name).md") }
    let runner = try runner([folder.path("notes")])
    #expect(try await runner.run(.etl).status == .succeeded)
    try FileManager.default.removeItem(atPath: folder.path("notes/two.md"))
    try folder.write("no PDF", to: "notes/three.pdf")
    #expect(try documents(try await runner.run(.etl))["gone"] == 0)
    try FileManager.default.removeItem(atPath: folder.path("notes/three.pdf"))
    #expect(try documents(try await runner.run(.etl))["gone"] == 1)
    try folder.write("# two\n\nWords of two.\n", to: "notes/two.md")
    #expect(try documents(try await runner.run(.etl))["updated"] == 1)
  }

  @Test func `a file of a repository that failed fails again in the next run`() async throws {
    try git("init", "--quiet", "--initial-branch=main", ".")
    try folder.write("words\n", to: "engine/a.txt")
    try folder.write("{", to: "engine/bad.ipynb")
    try git("add", "--all")
    try git("commit", "--quiet", "--message", "Begin")
    let runner = try runner([folder.path("engine")])
    for _ in 0..<2 {
      let record = try await runner.run(.etl)
      #expect(record.status == .partial && record.failures.first?.item?.hasSuffix("bad.ipynb") == true)
    }
    #expect(runner.stores.configuration.quarantine.list().map(\.attempts) == [2])
  }

  @Test func `the quarantine says before when something is not tried again, and asking for it tries it`() async throws {
    try server.behave(["/p/1": .init(status: 403)])
    let runner = try runner(["http://a.example/p/1"])
    for requests in [1, 2, 2] {
      #expect(try await runner.run(.etl).status == .partial)
      #expect(try server.pageRequests().count == requests)
    }
    let entry = try #require(runner.stores.configuration.quarantine.list().first)
    #expect(entry.attempts == 2 && (entry.next ?? .distantPast) > entry.last && entry.error.contains("HTTP 403"))
    try server.behave([:])
    #expect(try await runner.retry([entry]).map(\.status) == [.succeeded])
    #expect(runner.stores.configuration.quarantine.list().isEmpty)
  }

  @Test func `a deletion takes what is remembered of a person's sources along`() async throws {
    let runner = try runner(["http://a.example/p/1", "http://a.example/p/2"])
    #expect(try await runner.run(.etl).status == .succeeded)
    let report = try await Deletion(runner.stores).perform(.link("http://a.example/p/1"))
    #expect(report.places.first { $0.place == "warehouse.fetch_states" }?.count == 1)
    _ = try await Deletion(runner.stores).perform(.author("Ada Example"))
    let warehouse = try await runner.stores.warehouse()
    #expect(try await warehouse.collection(StoredFetchState.self).count() == 0)
  }

  /// A crawler of a user's own.
  private struct Papers: Crawler {
    let options = [SourceOption("topic", .list, "what the papers are about")]

    func crawl(
      _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
    ) async throws -> Coverage {
      let web = WebFetcher(source, producers: ["papers/1"], context: context, sink: sink)
      switch try await web.fetch(source.location) {
      case .page(let response, let state):
        let topics = source.options["topic", default: []]
        let document = RawDocument(
          category: .articles, link: source.location, platform: "papers", author: author, text: response.text,
          tags: topics,
          crawl: CrawlRecord(source: source.redactedLocation, url: state.finalURL, fetchedAt: context.date))
        try await sink.take(.document(document))
        try await web.remember(state, links: [document.link])
      case .unchanged(let state):
        for link in state.links { try await sink.take(.unchanged(link: link)) }
      case .gone(let links, let why):
        for link in links { try await sink.take(.gone(link: link, why: why)) }
      case .skipped(let skip): try await sink.take(.skipped(skip))
      case .failed(let failure): try await sink.take(.failed(failure.failure))
      }
      return .partial
    }
  }

  @Test func `a crawler of one's own is used by a run, with its options`() async throws {
    var dispatcher = Dispatcher()
    dispatcher.register(Papers(), as: CrawlerKind(rawValue: "papers"), for: ["papers.example"])
    func configuration(_ source: String) throws -> Configuration {
      let yaml = "author: Ada Example\nsources: [\(source)]\nembedding: {model: hash}\ncrawl: {delay: 0s}\n"
      return try Configuration(
        path: try folder.write(yaml, to: "papers.yaml"), environment: [:], dispatcher: dispatcher)
    }
    let good = try configuration("{url: 'http://papers.example/p/1', topic: [gears, looms]}")
    for status in [RunStatus.succeeded, .unchanged] {
      let runner = PipelineRunner(Stores(good, http: HTTPClient(configuration: client)))
      #expect(try await runner.run(.etl).status == status)
    }
    let document = try await Stores(good).warehouse().document(link: "http://papers.example/p/1")
    #expect(document?.tags == ["gears", "looms"] && document?.platform == "papers")
    let error = #expect(throws: ConfigurationError.self) {
      try configuration("{url: 'http://papers.example/p/1', topics: [gears]}")
    }
    #expect(error?.description.contains("did you mean `topic`?") == true)
    #expect(throws: ConfigurationError.self) { try configuration("{url: 'http://ada.example/p/1', topic: gears}") }
  }

  @Test func `one's own sites are asked at once, and all are told whom to write to`() async throws {
    let configuration = try folder.stores(
      """
      author: Ada Example
      sources: [http://ada.example/feed/5]
      crawl: {own_sites: [ada.example, "*.bob.example"], delay: 1h, contact: mail@ada.example, per_host: 3}
      """
    ).configuration
    let limits = HostLimits(configuration.crawl)
    #expect(limits.isOwn("www.ada.example") && limits.isOwn("x.bob.example") && !limits.isOwn("x.ada.example"))
    #expect(limits.perHost == 3 && limits.delay == .seconds(3600))
    var client = client
    client.userAgent = Stores(configuration).http.configuration.userAgent
    let runner = PipelineRunner(Stores(configuration, http: HTTPClient(configuration: client)))
    #expect(try await runner.run(.etl).status == .succeeded)
    #expect(try server.requests().map(\.userAgent) == Array(repeating: "twin/0.1 (+mail@ada.example)", count: 6))
    for wrong in ["https://ada.example", "ada.example/blog", "a b"] {
      #expect(throws: ConfigurationError.self) {
        try folder.stores("author: Ada\ncrawl: {own_sites: ['\(wrong)']}\n", file: "wrong.yaml")
      }
    }
  }

  private func git(_ arguments: String...) throws {
    let path = folder.path("engine")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    let result = try runBlocking("git", identity + arguments, folder: path, input: "")
    try #require(result.status == 0, "\(result)")
  }
}
