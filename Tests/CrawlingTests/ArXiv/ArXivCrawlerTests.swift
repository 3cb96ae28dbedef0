import Domain
import Foundation
import TestSupport
import Testing

@testable import Crawling

@Suite struct `A paper on arXiv` {
  let folder: TemporaryFolder
  let server: ToldServer
  let memory = TestMemory()

  init() throws {
    folder = try TemporaryFolder()
    server = try ToldServer("arxiv_server.py", file: "papers.json")
    let page = [
      "On the turning of gears", "Words of the paper.", "More words.", "References", "[1] A. Lovelace, Notes.",
    ]
    try server.folder.write(makePDF([["Gears turn each other."], page]), to: "gears.pdf")
  }

  private func crawl(
    _ location: String, options: [String: [String]] = [:], limits: CrawlLimits = CrawlLimits(),
    robots: any RobotsRules = AllowingRobots()
  ) async throws -> CrawlOutcome {
    var context = context(folder, attempts: 1, limits: limits)
    context.robots = robots
    return try await ArXivCrawler(arXiv: ArXivInterface(root: server.origin, delay: .zero)).crawl(
      CrawlSource(location, options: options), author: ada, context: context, remembering: memory)
  }

  /// Rules that allow nothing.
  private struct ForbiddingRobots: RobotsRules {
    func permission(for url: String) -> RobotsPermission { RobotsPermission(isAllowed: false) }
  }

  private func tell(_ version: String = "v1", comment: String? = nil) throws {
    let comment = comment.map { #", "comment": "\#($0)""# } ?? ""
    try server.tell(
      #"""
      [{"id": "2101.00001\#(version)", "title": "On Gears &\n Wheels", "summary": "They\n turn.", "pdf": "gears.pdf",
        "authors": ["Ada Example", "Eve"], "categories": ["cs.LG", "math.GT"]\#(comment)}]
      """#)
  }

  @Test(arguments: [
    "arxiv:2101.00001", "arxiv:2101.00001v1", "https://arxiv.org/abs/2101.00001",
    "http://www.arxiv.org/pdf/2101.00001v1.pdf",
    "https://arxiv.org/html/2101.00001v1",
  ])
  func `is its PDF with what the interface says of it`(location: String) async throws {
    try tell()
    let outcome = try await crawl(location)
    let document = try #require(outcome.documents.first, "\(outcome.failures)")
    #expect(document.link == "https://arxiv.org/abs/2101.00001" && document.platform == "arxiv")
    #expect(document.title == "On Gears & Wheels" && document.subtitle == "They turn.")
    #expect(document.tags == ["cs.LG", "math.GT"])
    #expect(document.publishedAt == (try Date("2021-01-01T09:00:00Z", strategy: .iso8601)))
    #expect(document.text.contains("Gears turn each other.") && document.text.contains("Lovelace"))
    #expect(document.crawl?.requestedURL == "\(server.origin)/pdf/2101.00001v1")
    #expect(outcome.isExhaustive)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("work")).isEmpty)
  }

  @Test func `is fetched again only in another version`() async throws {
    try tell()
    _ = try await crawl("arxiv:2101.00001")
    try server.forget()
    let writes = await memory.writes
    #expect(try await crawl("arxiv:2101.00001").unchanged == ["https://arxiv.org/abs/2101.00001"])
    #expect(try server.requests().count == 1)
    #expect(await memory.writes == writes)
    try tell("v2")
    #expect(try await crawl("arxiv:2101.00001").documents.count == 1)
    #expect(try server.requests().map(\.path).last == "/pdf/2101.00001v2")
    await memory.delete("https://arxiv.org/abs/2101.00001")
    #expect(try await crawl("arxiv:2101.00001").documents.count == 1)
  }

  @Test func `is asked about whatever robots.txt says, which decides on its PDF, and stays if that is forbidden`()
    async throws
  {
    try tell()
    _ = try await crawl("arxiv:2101.00001")
    try tell("v2")
    let outcome = try await crawl("arxiv:2101.00001", robots: ForbiddingRobots())
    #expect(outcome.skipped.map(\.reason) == ["robots.txt of its host does not allow it"])
    #expect(outcome.unchanged == ["https://arxiv.org/abs/2101.00001"] && outcome.gone.isEmpty)
  }

  @Test func `that is withdrawn is gone`() async throws {
    try tell()
    _ = try await crawl("arxiv:2101.00001")
    try tell("v2", comment: "This paper has been withdrawn by the author")
    #expect(try await crawl("arxiv:2101.00001").gone == ["https://arxiv.org/abs/2101.00001"])
    #expect(try await crawl("arxiv:2101.00001").skipped.map(\.reason) == ["its author has withdrawn it"])
  }

  @Test func `may come without references, or as its abstract`() async throws {
    try tell()
    let short = try await crawl("arxiv:2101.00001", options: ["references": ["false"]])
    #expect(short.documents.first.map { !$0.text.contains("Lovelace") } == true)
    try server.forget()
    let abstract = try await crawl("arxiv:2101.00001", options: ["abstracts": ["true"]])
    #expect(abstract.documents.map(\.text) == ["They turn."])
    #expect(try server.requests().count == 1)
  }

  @Test func `is found by a query, page by page, up to a limit`() async throws {
    let papers = (0..<150).map {
      #"{"id": "2101.\#(String(10_000 + $0))v1", "title": "Gears \#($0)", "summary": "Gear \#($0)."}"#
    }
    try server.tell("[\(papers.joined(separator: ","))]")
    let all = try await crawl("arxiv:Gears", options: ["abstracts": ["true"]])
    #expect(all.documents.count == 150 && all.isExhaustive)
    #expect(try server.requests().count == 2)
    #expect(try server.requests()[0].path.contains("search_query=Gears&sortBy=submittedDate"))
    var limits = CrawlLimits()
    limits.arXiv.papers = 120
    let some = try await crawl("arxiv:Gears", options: ["abstracts": ["true"]], limits: limits)
    #expect(some.unchanged.count == 120 && !some.isExhaustive)
    let none = try await crawl("arxiv:Mills", options: ["abstracts": ["true"]])
    #expect(none.documents.isEmpty && !none.isExhaustive, "an empty answer is no reason to give up what there was")
  }

  @Test func `that cannot be had is a failure of its own`() async throws {
    try server.tell(
      #"""
      [{"id": "2101.00001v1", "title": "Gears", "pdf": "gears.pdf"}, {"id": "2101.00002v1", "title": "Gears, again"}]
      """#)
    let outcome = try await crawl("arxiv:2101.00001,2101.00002")
    #expect(outcome.documents.count == 1)
    #expect(outcome.failures.map(\.item) == ["\(server.origin)/pdf/2101.00002v1"])
    let broken = try await crawl("arxiv:broken")
    #expect(broken.failures.map(\.message) == ["arXiv says: incorrect id format; correct the source"])
    let laughs = try await crawl("arxiv:laughs")
    #expect(
      laughs.failures.map(\.message) == [
        "arXiv's answer is not read as a feed: \(XMLProblem.declaresEntities); try again later"
      ])
  }

  @Test(arguments: [
    ("2101.00001", "2101.00001"), ("0704.0001v12", "0704.0001v12"), ("math.GT/0309136", "math.GT/0309136"),
    ("cs/0601001v2", "cs/0601001v2"), ("2101.1", nil), ("21011.00001", nil), ("au:x", nil), ("", nil), ("v1", nil),
    ("2101.00001v", nil), ("/0601001", nil), ("../../0601001", nil), ("2101.00001/1234567", nil),
  ])
  func `has an identifier`(text: String, identifier: String?) {
    #expect(ArXivSelection.identifier(text) == identifier)
  }

  @Test func `and its feed are read from any bytes`() {
    let feed = """
      <feed xmlns="http://www.w3.org/2005/Atom"><opensearch:totalResults xmlns:opensearch="x">1</opensearch:totalResults>
      <entry><id>http://arxiv.org/abs/2101.00001v1</id><title>T</title><summary><![CDATA[S]]></summary>
      <author><name>A</name></author><category term="cs.LG"/></entry></feed>
      """
    #expect((try? ArXivFeed(Array(feed.utf8), limit: 10))?.entries.map(\.paper) == ["2101.00001"])
    #expect((try? ArXivFeed(Array(feed.utf8), limit: 0))?.entries.isEmpty == true)
    // What feeds get wrong is put right as in any other feed.
    let loose = feed.replacing("<title>T", with: "<title>Caf&eacute; &co \u{1}")
    #expect((try? ArXivFeed(Array(loose.utf8), limit: 10))?.entries.map(\.title) == ["Café &co"])
    #expect(throws: XMLProblem.notXML) { try ArXivFeed(Array("<html></html>".utf8), limit: 10) }
    for bytes in Mutations(
      of: [Array(feed.utf8)], words: ["<entry>", "]]>", "<!DOCTYPE a [", "&a;", "term="], count: 1500, seed: 2)
    {
      let entries = (try? ArXivFeed(bytes, limit: 10))?.entries ?? []
      #expect(entries.count <= 10 && entries.allSatisfy { ArXivSelection.identifier($0.identifier) != nil })
    }
  }
}
