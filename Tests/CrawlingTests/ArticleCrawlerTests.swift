import Crawling
import Domain
import Foundation
import HTTP
import TestSupport
import Testing

@Suite struct `The article crawler` {
  let folder: TemporaryFolder
  let server: PeerServer
  let crawler = ArticleCrawler()

  init() throws {
    folder = try TemporaryFolder()
    server = try PeerServer("pages_server.py")
  }

  private var origin: String { "http://127.0.0.1:\(server.port)" }

  private func crawl(_ path: String) async throws -> CrawlOutcome {
    try await crawler.crawl(CrawlSource(origin + path), author: ada, context: context(folder))
  }

  @Test func `a page becomes a document with its canonical link`() async throws {
    let outcome = try await crawl("/article?utm_source=x#top")
    let document = try #require(outcome.documents.first, "\(outcome.failures)")
    #expect(outcome.documents.count == 1 && outcome.failures.isEmpty)
    #expect(document.link == "\(origin)/articles/gears")
    #expect(document.title == "On gears")
    #expect(document.text.contains("wheel with teeth"))
    #expect(document.language == "en")
    #expect(document.platform == "127.0.0.1")
    #expect(document.category == .articles)
    #expect(document.authorFullName == "Ada Example")
    #expect(document.crawl?.source == "\(origin)/article?utm_source=x#top")
  }

  @Test func `a page cannot take the link of another host`() async throws {
    #expect(try await crawl("/foreign").documents.map(\.link) == ["\(origin)/foreign"])
  }

  @Test func `a secret of a link is sent, and kept nowhere`() async throws {
    let secret = "token=hunter2"
    let document = try #require(try await crawl("/foreign?page=2&\(secret)").documents.first)
    #expect(document.link == "\(origin)/foreign?page=2")
    #expect(document.crawl?.source == "\(origin)/foreign?page=2&token=***")
    #expect(document.crawl?.url == "\(origin)/foreign?page=2&token=***")
    for path in ["/missing?\(secret)", "/rss?\(secret)", "/note.md?\(secret)", "/empty?\(secret)"] {
      let json = String(decoding: try JSONEncoder().encode(try await crawl(path)), as: UTF8.self)
      #expect(!json.contains("hunter2"), "\(json)")
    }
    let memory = TestMemory()
    for isAgain in [false, true] {
      let source = CrawlSource("\(origin)/cached?\(secret)")
      let outcome = try await crawler.crawl(source, author: ada, context: context(folder), remembering: memory)
      #expect(outcome.documents.count == (isAgain ? 0 : 1) && outcome.unchanged.count == (isAgain ? 1 : 0))
    }
    let states = String(decoding: try JSONEncoder().encode(await memory.states), as: UTF8.self)
    #expect(states.contains("token=***") && !states.contains("hunter2"))
  }

  @Test(arguments: [
    "https://linkedin.com/in/ada?token=hunter2", "https://github.com/ada?token=hunter2",
    "ftp://ada.example/?sig=hunter2",
    "gopher://ada.example/?key=hunter2", "https://ada example/?token=hunter2", "file:///x?token=hunter2",
  ])
  func `an error shows no secret of a link`(link: String) async throws {
    let message = await crawlError {
      _ = try await Dispatcher().crawl(CrawlSource(link), author: ada, context: context(folder))
    }
    #expect(message.contains("=***") || message.contains("?…"))
    #expect(!message.contains("hunter2"))
  }

  @Test func `a page that has not changed is not read again`() async throws {
    let source = CrawlSource(origin + "/cached")
    let memory = TestMemory()
    let first = try await crawler.crawl(source, author: ada, context: context(folder), remembering: memory)
    let document = try #require(first.documents.first)
    #expect(document.crawl?.entityTag == "\"v1\"")
    #expect(document.crawl?.status == 200 && document.crawl?.bodyHash != nil && document.crawl?.producer == "page/3")
    let second = try await crawler.crawl(source, author: ada, context: context(folder), remembering: memory)
    #expect(second.documents.isEmpty && second.unchanged == [document.link])
  }

  @Test func `Markdown and plain text are taken as they are, redirects followed`() async throws {
    let markdown = try await crawl("/note.md").documents
    #expect(markdown.map(\.title) == ["Notes on looms"])
    #expect(markdown.map(\.text) == ["A loom follows cards.\n"])
    let moved = try await crawl("/moved").documents
    #expect(moved.map(\.link) == ["\(origin)/plain"])
    #expect(moved.map(\.text) == ["Plain words.\n"])
  }

  @Test(arguments: [
    ("http://www.ada.example/article", "ada.example"), ("http://medium.com/article", "medium"),
    ("http://ada.medium.com/article", "medium"), ("http://ada.substack.com/article", "ada.substack.com"),
  ])
  func `the platform is the host, or medium`(link: String, platform: String) async throws {
    let source = CrawlSource(link, options: ["discover": ["false"]])
    let outcome = try await crawler.crawl(source, author: ada, context: throughProxy())
    #expect(outcome.documents.map(\.platform) == [platform], "\(outcome.failures)")
  }

  @Test func `a redirect to LinkedIn is not read`() async throws {
    let source = CrawlSource("http://ada.example/to-linkedin")
    let outcome = try await crawler.crawl(source, author: ada, context: throughProxy())
    #expect(outcome.documents.isEmpty)
    #expect(outcome.failures.first?.message.contains("Get a copy of your data") == true, "\(outcome.failures)")
  }

  /// A context whose client takes the server for every host.
  private func throughProxy() -> CrawlContext { context(folder, proxy: origin) }

  @Test(arguments: [
    ("/missing", "HTTP 404"), ("/status/410", "gone for good"), ("/status/403", "save it from a browser"),
    ("/status/500", "try again later"), ("/empty", "no article"), ("/picture", "image/png"), ("/feed", "no feed"),
    ("/status/304", "not changed"), ("/status/418", "HTTP 418"),
  ])
  func `what gives no article is one failure that says why`(path: String, message: String) async throws {
    let outcome = try await crawler.crawl(
      CrawlSource(origin + path), author: ada, context: context(folder, attempts: 1))
    #expect(outcome.documents.isEmpty)
    #expect(outcome.failures.map(\.item) == [origin + path])
    #expect(outcome.failures.first?.message.contains(message) == true, "\(outcome.failures)")
    #expect(!outcome.isUnchanged)
  }

  @Test func `a host that does not answer is a failure of that page`() async throws {
    server.stop()
    let outcome = try await crawler.crawl(
      CrawlSource(origin + "/article"), author: ada, context: context(folder, attempts: 1))
    #expect(outcome.failures.first?.message.contains("cannot connect") == true, "\(outcome.failures)")
  }

  @Test func `a private address is refused unless the configuration allows it`() async throws {
    var request = context(folder)
    request.http = HTTPClient()
    let outcome = try await crawler.crawl(CrawlSource(origin + "/article"), author: ada, context: request)
    #expect(outcome.documents.isEmpty)
    #expect(outcome.failures.first?.message.contains("not a public address") == true, "\(outcome.failures)")
  }

  @Test func `the articles of a feed are fetched, and one that is refused is taken from the feed`() async throws {
    for path in ["/rss", "/atom"] {
      let outcome = try await crawl(path)
      #expect(Set(outcome.documents.map(\.link)) == ["\(origin)/articles/gears", "\(origin)/status/403"])
      let refused = outcome.documents.first { $0.link.hasSuffix("403") }
      #expect(refused?.title == "Refused")
      #expect(refused?.text.contains("Every card") == true)
      #expect(refused?.publishedAt == Date(timeIntervalSince1970: 1_778_155_200))
      #expect(outcome.failures.map(\.item) == ["\(origin)/missing"])
      #expect(outcome.skipped.map(\.item) == ["On LinkedIn"])
      #expect(!outcome.isExhaustive)
    }
  }

  @Test func `a feed that declares entities is refused`() async throws {
    let outcome = try await crawl("/laughs")
    #expect(outcome.documents.isEmpty)
    #expect(outcome.failures.first?.message.contains("no feed") == true)
    #expect(outcome.failures.first?.message.contains("declares entities") == true)
  }

  @Test func `a page behind a paywall, or made by scripts, is skipped and says so`() async throws {
    for (kind, word) in [
      (ExtractedPage.Kind.paywalled, "paywall"), (.scriptOnly, "scripts"), (.index, "list of links"),
    ] {
      let crawler = ArticleCrawler(pages: PageReader { _, _, _ in ExtractedPage(markdown: "x", text: "x", kind: kind) })
      let outcome = try await crawler.crawl(CrawlSource(origin + "/article"), author: ada, context: context(folder))
      #expect(outcome.failures.isEmpty && outcome.documents.isEmpty)
      #expect(outcome.skipped.first?.reason.contains(word) == true)
    }
  }
}
