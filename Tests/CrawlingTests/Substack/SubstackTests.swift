import Crawling
import Domain
import Foundation
import TestSupport
import Testing

@Suite struct `Posts of Substack` {
  let folder: TemporaryFolder
  let server: CrawlServer
  let memory = TestMemory()

  init() throws {
    folder = try TemporaryFolder()
    server = try CrawlServer()
  }

  private let words = """
    <p>Every card is a row of holes, and every hole lifts a thread, so that a pattern is a row of cards.</p>\
    <p>Whoever punches the cards writes the cloth, and may write numbers as well as flowers.</p>
    """

  private func crawl(_ link: String = "http://ada.substack.com/", robots: Bool = false) async throws -> CrawlOutcome {
    var context = context(folder, proxy: server.origin, attempts: 1)
    if robots { context.robots = HostRobots(http: context.http, gate: context.gate) }
    return try await ArticleCrawler().crawl(
      CrawlSource(link), author: ada, context: context, remembering: memory)
  }

  private func post(
    _ slug: String, host: String = "ada.substack.com", audience: String = "everyone", type: String = "newsletter",
    body: String? = nil, words: Int = 35, comments: Int = 0
  ) -> [String: Any] {
    var post: [String: Any] = [
      "slug": slug, "title": "On \(slug)", "subtitle": "What it is for", "audience": audience, "type": type,
      "canonical_url": "http://\(host)/p/\(slug)", "post_date": "2026-05-07T12:00:00.000Z", "wordcount": words,
      "publication_id": 1, "comment_count": comments, "publishedBylines": [["name": "Ada Example"]],
      "postTags": [["name": "Looms"]],
    ]
    post["body_html"] = body
    return post
  }

  private func json(_ value: Any) throws -> CrawlServer.Behaviour {
    let text = String(decoding: try JSONSerialization.data(withJSONObject: value, options: .sortedKeys), as: UTF8.self)
    return .init(type: "application/json", body: text)
  }

  private func list(_ offset: Int) -> String { "/api/v1/archive?sort=new&offset=\(offset)&limit=50" }

  private func site(_ posts: [[String: Any]]) throws -> [String: CrawlServer.Behaviour] {
    var behaviours = [list(0): try json(Array(posts.prefix(2))), list(50): try json(Array(posts.dropFirst(2)))]
    behaviours[list(100)] = try json([Int]())
    for post in posts { behaviours["/api/v1/posts/\(post["slug"] ?? "")"] = try json(post) }
    return behaviours
  }

  @Test func `are all found by the archive, part by part, and asked for again with their validators`() async throws {
    try server.behave(
      site([post("cards", body: words), post("looms", body: words), post("cloth", body: words)]))
    let first = try await crawl()
    #expect(
      Set(first.documents.map(\.link)) == Set(["cards", "looms", "cloth"].map { "http://ada.substack.com/p/\($0)" }))
    let document = try #require(first.documents.first { $0.link.hasSuffix("cards") })
    #expect(document.title == "On cards" && document.subtitle == "What it is for" && document.tags == ["Looms"])
    #expect(document.publishedAt == Date(timeIntervalSince1970: 1_778_112_000) && document.text.hasPrefix("Every card"))
    #expect(document.crawl?.url == "http://ada.substack.com/api/v1/posts/cards")
    let writes = await memory.writes
    try server.forget()
    let second = try await crawl("http://ada.substack.com/archive")
    #expect(second.unchanged.count == 3 && second.documents.isEmpty && second.failures.isEmpty, "\(second)")
    #expect(try server.requests().allSatisfy { $0.status == 304 } && server.requests().count == 6)
    #expect(await memory.writes == writes)
  }

  @Test func `for those who pay, and what is no text, are left out`() async throws {
    try server.behave(
      site([
        post("paid", audience: "only_paid", body: "<p>The beginning.</p>", words: 900),
        post("bought", audience: "only_paid", body: words), post("chat", type: "thread", body: words),
        post("talk", type: "podcast"), post("restack", type: "restack", body: words),
      ]))
    let outcome = try await crawl()
    #expect(outcome.documents.map(\.link) == ["http://ada.substack.com/p/bought"], "\(outcome)")
    #expect(outcome.skipped.count == 4 && outcome.failures.isEmpty)
    #expect(outcome.skipped.contains { $0.reason.contains("paywall") })
  }

  @Test func `are the same when only their comments are new`() async throws {
    try server.behave(site([post("cards", body: words)]))
    let first = try #require(try await crawl().documents.first)
    try server.behave(site([post("cards", body: words, comments: 7)]))
    let second = try #require(try await crawl().documents.first)
    #expect(second.contentHash == first.contentHash)
    let (old, new) = try (#require(first.crawl), #require(second.crawl))
    #expect(!new.isNews(since: old))
  }

  @Test func `of a domain of one's own are found by its home page`() async throws {
    let home = """
      <html><head><link rel="preconnect" href="https://substackcdn.com/"></head><body><script>
      window._preloads        = JSON.parse("{\\"isEU\\":false}")</script></body></html>
      """
    var behaviours = try site([post("cards", host: "www.ada.example", body: words)])
    behaviours["www.ada.example/"] = .init(body: home)
    try server.behave(behaviours)
    #expect(try await crawl("http://www.ada.example/").documents.map(\.link) == ["http://www.ada.example/p/cards"])
    #expect(try await crawl("http://www.ada.example/").unchanged == ["http://www.ada.example/p/cards"])
  }

  @Test func `are found by the feed when the archive is not there, or not allowed`() async throws {
    let item = "<item><link>http://ada.substack.com/p/1</link></item>"
    let feed = CrawlServer.Behaviour(type: "text/xml", body: "<rss><channel>\(item)</channel></rss>")
    try server.behave(["/feed": feed])
    #expect(try await crawl().documents.map(\.link) == ["http://ada.substack.com/p/1"])
    var behaviours = try site([post("cards", body: words)])
    behaviours["/feed"] = feed
    behaviours["/robots.txt"] = .init(type: "text/plain", body: "User-agent: *\nDisallow: /api/\n")
    try server.behave(behaviours)
    let outcome = try await crawl(robots: true)
    #expect(outcome.unchanged == ["http://ada.substack.com/p/1"] && outcome.skipped.isEmpty, "\(outcome)")
    #expect(try !server.requests().suffix(4).contains { $0.path.hasPrefix("/api") })
  }

  @Test func `of an archive that never ends are asked for once`() async throws {
    let posts = try json([post("cards", body: words)])
    try server.behave(["/api/v1/archive": posts, "/api/v1/posts/cards": try json(post("cards", body: words))])
    #expect(try await crawl().documents.count == 1)
    #expect(try server.requests().count == 3)
  }

  @Test func `are known although a part of the archive fails`() async throws {
    var behaviours = try site([post("cards", body: words), post("looms", body: words), post("cloth", body: words)])
    behaviours[list(50)] = .init(status: 500)
    try server.behave(behaviours)
    let outcome = try await crawl()
    #expect(outcome.documents.count == 2 && outcome.failures.count == 1)
    try server.behave(["/api/v1/archive": .init(status: 503)])
    #expect(try await crawl("http://bob.substack.com/").failures.count == 1)
  }

  // MARK: Pages and files

  private func page(_ post: [String: Any]) throws -> String {
    let state = String(decoding: try JSONSerialization.data(withJSONObject: ["post": post]), as: UTF8.self)
    let literal = String(decoding: try JSONEncoder().encode(state), as: UTF8.self).replacing("<", with: "\\u003c")
    return """
      <!doctype html><html><head><title>x</title></head><body><article><p>Subscribe to read what cards are, and looms.</p>
      </article><script>window._preloads        = JSON.parse(\(literal))</script><p>"after"</p></body></html>
      """
  }

  @Test func `are read from the state of their pages, which says who may read them`() throws {
    let reader = PageReader.extractor
    let open = try reader.read(Array(page(post("cards", body: words)).utf8), nil, "http://ada.substack.com/p/cards")
    #expect(open.title == "On cards" && open.authors == ["Ada Example"] && open.isoDate == "2026-05-07")
    #expect(open.markdown.hasPrefix("Every card") && !open.markdown.contains("Subscribe") && open.kind == .article)
    #expect(open.canonicalURL == "http://ada.substack.com/p/cards")
    let paid = post(
      "paid", audience: "only_paid", body: "<p>The beginning of it, of which there is more.</p>", words: 900)
    #expect(try reader.read(Array(page(paid).utf8), nil, nil).kind == .paywalled)
  }

  @Test func `that were saved from the interface are read, or fetched if their text is not there`() async throws {
    let one = try #require(try json(post("cards", body: words)).body)
    let many = try #require(try json([post("looms", body: words), post("1")]).body)
    try folder.write(one, to: "one.json")
    try folder.write(many, to: "many.json")
    let context = context(folder, proxy: server.origin)
    let first = try await Dispatcher().crawl(CrawlSource(folder.path("one.json")), author: ada, context: context)
    #expect(first.documents.map(\.link) == ["http://ada.substack.com/p/cards"])
    #expect(try server.requests().isEmpty)
    let second = try await Dispatcher().crawl(CrawlSource(folder.path("many.json")), author: ada, context: context)
    #expect(second.documents.map(\.link) == ["http://ada.substack.com/p/looms", "http://ada.substack.com/p/1"])
  }

  @Test func `that are damaged do no harm`() async throws {
    let corpus = try [
      Array(page(post("cards", body: words)).utf8), Array((json(post("cards", body: words)).body ?? "").utf8),
      Array((json([post("looms", body: words)]).body ?? "").utf8),
    ]
    let text = ["\"body_html\":", "null", "JSON.parse(\"", "\\\\\"", "[", "{", "\\u0000", "\"slug\":\"../x\"", "1e999"]
    let context = context(folder, proxy: "http://127.0.0.1:1", attempts: 1)
    for bytes in Mutations(of: corpus, words: text, count: 200, seed: 2) {
      let page = try PageReader.extractor.read(bytes, nil, nil)
      #expect(!page.markdown.utf8.contains(0))
      try Data(bytes).write(to: folder.url.appending(path: "x.json"))
      do {
        let outcome = try await ArticleCrawler().crawl(
          CrawlSource(folder.path("x.json")), author: ada, context: context)
        #expect(outcome.documents.allSatisfy { !$0.text.utf8.contains(0) })
      } catch let error as CrawlError {
        #expect(!error.description.isEmpty)
      }
    }
  }
}
