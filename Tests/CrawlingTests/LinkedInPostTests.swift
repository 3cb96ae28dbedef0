import Crawling
import Domain
import Foundation
import TestSupport
import Testing

private let number = "7458194261025673216"
private let link = "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A\(number)"
private let page = "http://www.linkedin.com/posts/ada-example_looms-activity-\(number)-AbCd"

/// A public page, as LinkedIn shows it to everybody.
private func publicPage(json: String = "", body: String = "", head: String = "") -> String {
  """
  <!DOCTYPE html><html lang="en"><head><title>Ada Example on LinkedIn: Looms</title>\(head)
  <link rel="canonical" href="https://www.linkedin.com/posts/ada-example_looms-activity-\(number)-AbCd">
  <script type="application/ld+json">\(json)</script></head><body><main><article>\(body)</article>
  <section class="comments"><div class="comment"><p class="attributed-text-segment-list__content comment__text">Great post,
  Ada!</p></div></section></main><p>Join LinkedIn to see who you know</p></body></html>
  """
}

private let posting = """
  {"@context":"http://schema.org","@type":"SocialMediaPosting","datePublished":"2026-05-07T16:41:18.377Z",
   "author":{"@type":"Person","name":"Ada Example"},"commentCount":3,
   "comment":[{"@type":"Comment","text":"Great post, Ada!"}],
   "articleBody":"A loom follows cards.\\n\\nSo do engines &amp; pianos.","image":{"url":"https://media.example/a.png"}}
  """

@Suite struct `A post on LinkedIn` {
  let folder: TemporaryFolder
  let memory = TestMemory()

  init() throws { folder = try TemporaryFolder() }

  private func saved(_ html: String) async throws -> CrawlOutcome {
    let path = try folder.write(html, to: "saved.html")
    return try await Dispatcher().crawl(CrawlSource(path), author: ada, context: context(folder))
  }

  private func crawl(_ url: String = page, at server: CrawlServer) async throws -> CrawlOutcome {
    try await LinkedInCrawler().crawl(
      CrawlSource(url), author: ada, context: context(folder, proxy: server.origin, attempts: 1), remembering: memory)
  }

  // MARK: Saved

  @Test func `is read from the JSON-LD of a saved page`() async throws {
    let outcome = try await saved(publicPage(json: posting, body: "<p>Something else</p>"))
    let post = try #require(outcome.documents.first, "\(outcome)")
    #expect(post.text == "A loom follows cards.\n\nSo do engines & pianos.")
    #expect(post.link == link && post.category == .posts && post.platform == "linkedin" && post.relation == nil)
    #expect(post.publishedAt.map { Int($0.timeIntervalSince1970) } == 1_778_172_078)
    #expect(post.image == "https://media.example/a.png")
  }

  @Test func `is read from the text of a public page without that`() async throws {
    let body = """
      <p class="attributed-text-segment-list__content whitespace-pre-wrap">A loom follows cards.

      So do <a href="/x">engines</a>.<br>And pianos.</p><button>…more</button>
      """
    let post = try #require(try await saved(publicPage(body: body)).documents.first)
    #expect(post.text == "A loom follows cards.\n\nSo do engines.\nAnd pianos.")
    #expect(post.publishedAt.map { Int($0.timeIntervalSince1970) } == 1_778_172_078, "its number tells")
  }

  @Test(arguments: ["update-components-text update-components-update-v2__commentary", "break-words"])
  func `is read from what a member saved`(names: String) async throws {
    let html = """
      <!-- saved from url=(0088)https://www.linkedin.com/feed/update/urn:li:activity:\(number)/ -->
      <html><head><title>Post | LinkedIn</title></head><body><nav>Home My Network</nav>
      <div class="feed-shared-update-v2" data-urn="urn:li:activity:\(number)"><div class="update-components-actor">Ada</div>
      <div class="\(names)"><span dir="ltr">A loom follows
        cards.<span><br></span><br><a href="#"><span class="visually-hidden">hashtag</span>#looms</a></span></div>
      <button>…see more</button></div>
      <article class="comments-comment-entity"><span class="break-words">Great post, Ada!</span></article></body></html>
      """
    let outcome = try await saved(html)
    let post = try #require(outcome.documents.first, "\(outcome)")
    #expect(post.text == "A loom follows cards.\n\n#looms")
    #expect(post.link == link)
  }

  @Test func `that a member's browser saved without its address is known by its name`() async throws {
    let html = """
      <html><body><a href="https://www.linkedin.com/in/ada">Ada</a><div data-urn="urn:li:activity:\(number)">
      <div class="update-components-update-v2__commentary">Looms.</div></div></body></html>
      """
    #expect(try await saved(html).documents.map(\.link) == [link])
  }

  @Test func `passes on what it quotes as a block quote`() async throws {
    let json = posting.replacing(
      "\"commentCount\":3",
      with: """
        "sharedContent":{"@type":"SocialMediaPosting","url":"https://www.linkedin.com/posts/grace_x-activity-7400000000000000000-Ab",
        "articleBody":"Compilers\\n\\nare looms."}
        """)
    let post = try #require(try await saved(publicPage(json: json)).documents.first)
    #expect(post.text.hasSuffix("engines & pianos.\n\n> Compilers\n>\n> are looms."), "\(post.text)")
    #expect(
      post.relation
        == .reshare(of: "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7400000000000000000"))
    let body = """
      <p class="attributed-text-segment-list__content">Indeed.</p><div class="feed-reshare-content">
      <p class="attributed-text-segment-list__content">Compilers are looms.</p></div>
      """
    let other = try #require(try await saved(publicPage(body: body)).documents.first)
    #expect(other.text == "Indeed.\n\n> Compilers are looms." && other.relation == .reshare(of: nil))
  }

  @Test func `without own words is skipped`() async throws {
    let body = """
      <div class="feed-reshare-content"><p class="attributed-text-segment-list__content">Compilers are looms.</p></div>
      """
    let outcome = try await saved(publicPage(body: body))
    #expect(outcome.documents.isEmpty && outcome.skipped.first?.reason.contains("without own words") == true)
  }

  @Test func `is not what another site says that it is, nor any page that links to one`() async throws {
    let claimed = publicPage(json: posting).replacing(
      "rel=\"canonical\" href=\"https://www.linkedin.com", with: "rel=\"canonical\" href=\"https://evil.example")
    #expect(try await saved(claimed).documents.allSatisfy { $0.platform != "linkedin" })
    let blog = """
      <html><body><article><h1>Looms</h1><p>I wrote about looms on <a href="\(link)">LinkedIn</a> the other day, and many of
      you asked how their cards are punched, row after row, by hand and by machine.</p></article></body></html>
      """
    let outcome = try await saved(blog)
    #expect(outcome.documents.allSatisfy { $0.category == .articles && $0.platform == "file" }, "\(outcome)")
  }

  // MARK: Public

  @Test func `that is public is fetched, and not again if it is as it was`() async throws {
    let server = try CrawlServer()
    let path = "/posts/ada-example_looms-activity-\(number)-AbCd"
    try server.behave([path: .init(body: publicPage(json: posting))])
    let first = try await crawl(at: server)
    #expect(first.documents.map(\.link) == [link], "\(first)")
    #expect(first.documents.first?.crawl?.requestedURL == page)
    #expect(try await crawl(at: server).unchanged == [link])
    #expect(try server.requests().map(\.status) == [200, 304])
    try server.behave([path: .init(status: 404)])
    #expect(try await crawl(at: server).gone == [link])
  }

  @Test(arguments: ["/authwall?x=1", "/login", "/checkpoint/challenge", "/in/ada"])
  func `that leads to a login fails with the way to the export`(wall: String) async throws {
    let server = try CrawlServer()
    try server.behave([
      "/posts/ada-example_looms-activity-\(number)-AbCd": .init(status: 302, location: wall),
      String(wall.prefix { $0 != "?" }): .init(body: "<title>Sign Up</title><p>500 million members</p>"),
    ])
    let outcome = try await crawl(at: server)
    #expect(outcome.documents.isEmpty)
    #expect(outcome.failures.first?.message.contains("Get a copy of your data") == true, "\(outcome)")
    #expect(outcome.failures.first?.message.contains("save the page") == true)
  }

  @Test(arguments: [999, 403, 429])
  func `that is refused fails with the way to the export`(status: Int) async throws {
    let server = try CrawlServer()
    try server.behave(["/posts/ada-example_looms-activity-\(number)-AbCd": .init(status: status)])
    let outcome = try await crawl(at: server)
    #expect(outcome.failures.first?.message.contains("Get a copy of your data") == true, "\(outcome)")
  }

  @Test func `whose page shows a login in its place gives no document`() async throws {
    let server = try CrawlServer()
    let html = """
      <html><head><meta property="og:description" content="500 million members | Manage your professional identity.">
      </head><body><form>Sign in</form></body></html>
      """
    try server.behave(["/posts/ada-example_looms-activity-\(number)-AbCd": .init(body: html)])
    let outcome = try await crawl(at: server)
    #expect(outcome.documents.isEmpty && outcome.failures.count == 1, "\(outcome)")
  }

  @Test func `to which another site redirects is not followed`() async throws {
    let server = try CrawlServer()
    try server.behave([
      "/go": .init(status: 302, location: page),
      "/posts/ada-example_looms-activity-\(number)-AbCd": .init(body: publicPage(json: posting)),
    ])
    let outcome = try await ArticleCrawler().crawl(
      CrawlSource("http://a.example/go"), author: ada, context: context(folder, proxy: server.origin))
    #expect(outcome.documents.isEmpty && outcome.failures.count == 1, "\(outcome)")
  }

  @Test func `in a page however damaged is a document or nothing, never a crash`() async throws {
    let corpus = [publicPage(json: posting, body: "<p class=\"attributed-text-segment-list__content\">x<br>y</p>")]
    let words = [
      "<div class=\"feed-reshare-content\">", "urn:li:activity:", "saved from url=(", "break-words", "{", "]",
    ]
    for html in Mutations(of: corpus.map { Array($0.utf8) }, words: words, count: 300, seed: 3) {
      try Data(html).write(to: folder.url.appending(path: "x.html"))
      let outcome = try await Dispatcher().crawl(
        CrawlSource(folder.path("x.html")), author: ada, context: context(folder))
      #expect(outcome.documents.count + outcome.skipped.count + outcome.failures.count == 1)
    }
  }
}
