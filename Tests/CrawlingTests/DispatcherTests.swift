import Crawling
import Domain
import Foundation
import TestSupport
import Testing

@Suite struct `The dispatcher` {
  let dispatcher = Dispatcher()

  @Test(arguments: [
    ("https://github.com/ada/engine", CrawlerKind.repository),
    ("https://GitHub.com/ada/engine.git/", .repository),
    ("https://www.github.com./ada/engine", .repository),
    ("https://codeberg.org/ada/engine.git", .repository),
    ("https://github.com.example.org/ada/engine", .article),
    ("https://gist.github.com/ada/1", .article),
    ("https://medium.com/@ada/x", .article),
    ("https://ada.medium.com/x", .article),
    ("http://ada.dev/posts/1", .article),
    ("https://notlinkedin.com/in/ada", .article),
    ("https://arxiv.org/abs/2101.00001v2", .arXiv), ("https://arxiv.org/pdf/cs/0601001.pdf", .arXiv),
    ("arxiv:au:lovelace_a", .arXiv), ("hf://datasets/ada/engine", .hub), ("https://arxiv.org/help", .article),
    ("https://ada.dev/posts.jsonl", .dataset),
    ("https://linkedin.com.example.org/in/ada", .article),
    ("https://example.org/?next=https://linkedin.com/", .article),
    ("https://www.linkedin.com/posts/ada-example_looms-activity-7458194261025673216-AbCd", .linkedIn),
    ("https://de.linkedin.com/feed/update/urn:li:share:7458194261025673216/", .linkedIn),
    ("https://www.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A7458194261025673216", .linkedIn),
    ("https://www.linkedin.com/pulse/looms-ada-example", .linkedIn),
  ])
  func `a link goes to the crawler of its host`(link: String, kind: CrawlerKind) throws {
    #expect(try dispatcher.kind(of: CrawlSource(link)) == kind)
  }

  @Test(arguments: [
    "https://www.linkedin.com/in/ada", "https://linkedin.com/company/x", "HTTPS://LinkedIn.COM/feed/update/urn:li:1",
    "https://de.linkedin.com/in/ada", "http://linkedin.com:80/in/ada", "https://www.linkedin.com:8443/in/ada",
    "https://www.linkedin.com./in/ada", "https://lnkd.in/abc", "https://linkedin.com?x", "https://linkedin.com#x",
    "https://ｌinkedin.com/in/ada", "https://linkedin。com/in/ada", "https://linked\u{AD}in.com/in/ada",
    "https://www.linkedin.com/search/results/all/?keywords=x",
    "https://www.linkedin.com/posts/ada-example", "https://www.linkedin.com/pulse/", "https://lnkd.in/pulse/looms",
  ])
  func `a LinkedIn page is refused with the way to the export, however it is spelt`(link: String) async {
    for forced in [nil, CrawlerKind.article, .repository, .notes, .linkedIn] {
      let message = await crawlError { _ = try dispatcher.kind(of: CrawlSource(link, crawler: forced)) }
      #expect(message.contains("Get a copy of your data"))
    }
    let message = await crawlError {
      _ = try await ArticleCrawler().crawl(CrawlSource(link), author: ada, context: context(TemporaryFolder()))
    }
    #expect(message.contains("Get a copy of your data"))
  }

  @Test(arguments: [
    "https://linkedin.com/pulse/x.git", "https://www.linkedin.com/feed/update/urn:li:share:7458194261025673216",
  ])
  func `a post on LinkedIn goes to no crawler but its own`(link: String) async throws {
    for forced in [CrawlerKind.article, .repository, .notes, .mediumExport] {
      let message = await crawlError { _ = try dispatcher.kind(of: CrawlSource(link, crawler: forced)) }
      #expect(message.contains("Get a copy of your data"))
    }
    #expect(try dispatcher.kind(of: CrawlSource(link, crawler: .linkedIn)) == .linkedIn)
  }

  @Test(arguments: [
    "https://example.org@linkedin.com/in/ada", "https://linkedin.com@example.org/", "https://linkedin%2ecom/in/ada",
    "https://example.org\\@linkedin.com/", "https://linkedin.com\\.example.org/", "https://linked\tin.com/in/ada",
    "https://linkedin..com/in/ada", "https:linkedin.com/in/ada", "https:/linkedin.com/in/ada",
    "https://linkedin.com:x/in/ada", " https://linkedin.com/in/ada", "//linkedin.com/in/ada",
  ])
  func `a link that two programs might read differently goes nowhere`(link: String) async {
    let message = await crawlError { _ = try dispatcher.kind(of: CrawlSource(link)) }
    #expect(message.hasPrefix("cannot crawl "))
  }

  @Test(arguments: [
    ("git@github.com:ada/engine.git", "https only"), ("ssh://git@host/x", "https only"),
    ("ext::sh -c id", "https only"), ("file:///srv/x.git", "without `file:`"), ("git://host/x", "https only"),
    ("notes/", "absolute path"), ("--upload-pack=id", "hyphen"), ("javascript:alert(1)", "not supported"),
    ("", "absolute path"),
  ])
  func `what has no crawler is refused with a reason`(location: String, reason: String) async {
    let message = await crawlError { _ = try dispatcher.kind(of: CrawlSource(location)) }
    #expect(message.contains(reason))
  }

  @Test func `credentials in a link are refused and not repeated`() async {
    let message = await crawlError { _ = try dispatcher.kind(of: CrawlSource("https://ada:s3cret@example.org/")) }
    #expect(!message.contains("s3cret"))
    #expect(message.contains("example.org"))
  }

  @Test func `a path goes to the crawler of what is there`() throws {
    let folder = try TemporaryFolder()
    try folder.write("Date,ShareLink,ShareCommentary\n", to: "export/Shares.csv")
    try folder.write("Date,ShareLink,ShareCommentary\n", to: "numbered/Shares_12345.csv")
    try folder.write("post_id,title\n", to: "substack/posts.csv")
    try folder.write("x", to: "medium/README.html")
    try folder.write("x", to: "medium/posts/2020-01-01_A-1.html")
    try folder.write("x", to: "checkout/.git/HEAD")
    try folder.write("x", to: "notes/a.md")
    try folder.write("x", to: "a.zip")
    try folder.write("x", to: "a.bundle")
    try folder.write("x", to: "a.html")
    let kinds: [String: CrawlerKind] = [
      "export": .linkedIn, "numbered": .linkedIn, "checkout": .repository, "notes": .notes, "a.zip": .linkedIn,
      "a.bundle": .repository, "a.html": .notes, "notes/a.md": .notes, "substack": .substackExport,
      "medium": .mediumExport,
    ]
    for (name, kind) in kinds { #expect(try dispatcher.kind(of: CrawlSource(folder.path(name))) == kind, "\(name)") }
  }

  @Test(arguments: [
    (["posts.csv", "posts/1.a.html"], CrawlerKind.substackExport),
    (["x/posts.csv", "x/posts/1.a.html"], .substackExport),
    (["README.html", "posts/a.html"], .mediumExport), (["x/posts/a.html"], .mediumExport),
    (["Shares.csv", "posts/a.html"], .linkedIn), (["x/Profile.csv"], .linkedIn), (["holiday.jpg"], .linkedIn),
  ])
  func `a zip goes to the crawler of the export that it is`(names: [String], kind: CrawlerKind) throws {
    let folder = try TemporaryFolder()
    let zip = try makeZip(names.map { ZipEntry(name: $0, text: "x") }, in: folder)
    #expect(try dispatcher.kind(of: CrawlSource(zip)) == kind)
  }

  @Test func `a path that leads nowhere and a file of no use are errors`() async throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "a.exe")
    let missing = await crawlError { _ = try dispatcher.kind(of: CrawlSource(folder.path("none"))) }
    #expect(missing.contains("no such file or folder"))
    let useless = await crawlError { _ = try dispatcher.kind(of: CrawlSource(folder.path("a.exe"))) }
    #expect(useless.contains("only .md"))
  }

  @Test func `a misspelt crawler names the nearest one`() async {
    let message = await crawlError {
      _ = try dispatcher.kind(of: CrawlSource("https://a.org/", crawler: CrawlerKind(rawValue: "artcle")))
    }
    #expect(message == "there is no crawler `artcle`; did you mean `article`?")
  }

  @Test func `sources of all kinds are crawled at once`() async throws {
    let folder = try TemporaryFolder()
    let repository = try TestRepository(in: folder, files: ["a.swift": "let a = 1\n"])
    try folder.write("Words.", to: "notes/a.md")
    let shares = "Date,ShareLink,ShareCommentary\n,https://www.linkedin.com/feed/update/urn:li:share:1,Mine\n"
    let zip = try makeZip([ZipEntry(name: "Shares.csv", text: shares)], in: folder)
    let context = context(folder)
    let sources = (0..<8).flatMap { _ in [repository.path, folder.path("notes"), zip] }
    let counts = try await withThrowingTaskGroup(of: [DataCategory: Int].self) { group in
      for source in sources {
        group.addTask {
          let outcome = try await dispatcher.crawl(CrawlSource(source), author: ada, context: context)
          return Dictionary(outcome.documents.map { ($0.category, 1) }, uniquingKeysWith: +)
        }
      }
      return try await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    }
    #expect(counts == [.repositories: 8, .articles: 8, .posts: 8])
  }

  @Test func `what has a scheme that no crawler takes is refused, and options are those of a source's crawler`() async {
    struct Papers: Crawler {
      let options = [SourceOption("topic", .text, "what the papers are about")]
      func crawl(
        _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
      ) async throws -> Coverage { .partial }
    }
    let message = await crawlError { _ = try self.dispatcher.kind(of: CrawlSource("doi:10.1000/182")) }
    #expect(message.contains("`doi:` is not supported"))
    var dispatcher = self.dispatcher
    dispatcher.register(Papers(), as: CrawlerKind(rawValue: "papers"), for: ["papers.example"])
    #expect(dispatcher.kinds.last?.rawValue == "papers" && dispatcher.kinds.first == .repository)
    #expect(dispatcher.options(of: CrawlSource("https://papers.example/1")).map(\.name) == ["topic"])
    let articles = ["discover", "only_author", "include", "exclude", "references", "tables"]
    #expect(dispatcher.options(of: CrawlSource("https://ada.example/1")).map(\.name) == articles)
    #expect(dispatcher.options(of: CrawlSource("/nowhere")).map(\.name).contains("topic"), "nobody knows yet")
  }

  @Test func `a registered crawler takes its links, and every document gets the source's tags and category`()
    async throws
  {
    struct Fixed: Crawler {
      func crawl(
        _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
      ) async throws -> Coverage {
        let document = RawDocument(
          category: .articles, link: source.location, platform: "x", author: author, text: "t", tags: ["own"])
        for _ in 0..<2 { try await sink.take(.document(document)) }
        return .complete
      }
    }
    var dispatcher = Dispatcher()
    let papers = CrawlerKind(rawValue: "papers")
    dispatcher.register(Fixed(), as: papers, for: ["*.papers.example"])
    let source = CrawlSource("https://a.papers.example/1", tags: ["own", "added"], category: .posts)
    #expect(try dispatcher.kind(of: source) == papers)
    let outcome = try await dispatcher.crawl(source, author: ada, context: context(TemporaryFolder()))
    #expect(outcome.documents.map(\.tags) == [["own", "added"]])
    #expect(outcome.documents.map(\.category) == [.posts])
    #expect(outcome.skipped.count == 1, "the second document has the same link")
  }
}
