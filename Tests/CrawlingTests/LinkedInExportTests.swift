import Crawling
import Domain
import Foundation
import TestSupport
import Testing

private let shares = #"""
  Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\#r
  2026-05-07 16:41:18,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7458194261025673216,"Line 1""\#r
  ""Line 2""\#r
  """"\#r
  ""Say """"hi""""!",,,PUBLIC\#r
  ,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7458194261025673217,No date,,,MEMBER_NETWORK\#r
  2026-01-01 00:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A1,,,,PUBLIC\#r
  2026-01-02 00:00:00,https://evil.example/x,Not theirs,,,PUBLIC\#r

  """#

private let article = """
  <html><head><title>Looms</title></head><body>
  <h1><a href="https://www.linkedin.com/pulse/looms-ada-example?trk=x">Looms</a></h1><p>They follow cards.</p></body></html>
  """

@Suite struct `A LinkedIn export` {
  let folder: TemporaryFolder
  let crawler = LinkedInCrawler(pages: .verbatim)

  init() throws { folder = try TemporaryFolder() }

  private func crawl(_ path: String, limits: CrawlLimits = CrawlLimits()) async throws -> CrawlOutcome {
    try await crawler.crawl(CrawlSource(path), author: ada, context: context(folder, limits: limits))
  }

  private func check(_ outcome: CrawlOutcome, shares name: String) {
    let posts = outcome.documents.filter { $0.category == .posts }
    #expect(posts.map(\.text) == ["Line 1\nLine 2\n\nSay \"hi\"!", "No date"])
    #expect(posts.map(\.tags) == [["visibility:public"], ["visibility:member_network"]])
    #expect(posts.allSatisfy { $0.platform == "linkedin" })
    #expect(posts[0].link == "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7458194261025673216")
    #expect(posts[0].publishedAt == Date(timeIntervalSince1970: 1_778_172_078))
    #expect(posts[1].publishedAt.map { Int($0.timeIntervalSince1970) } == 1_778_172_078)
    let articles = outcome.documents.filter { $0.category == .articles }
    #expect(articles.map(\.link) == ["https://www.linkedin.com/pulse/looms-ada-example"])
    #expect(outcome.skipped.contains(Skip(item: name, reason: "reposts without own words")))
    #expect(outcome.skipped.contains { $0.reason.contains("a draft") })
    #expect(outcome.failures.count == 1)
    #expect(outcome.failures.first?.message.contains("no link to LinkedIn") == true)
  }

  @Test func `the posts and articles of a zip are read`() async throws {
    let zip = try makeZip(
      [
        ZipEntry(name: "Export/Shares_4711.csv", text: "\u{FEFF}" + shares),
        ZipEntry(name: "Export/messages.csv", text: "private"),
        ZipEntry(name: "Export/Articles/Articles/lööms.html", text: article),
        ZipEntry(name: "Export/Articles/Articles/draft.html", text: "<h1>Draft</h1>"),
      ], in: folder)
    check(try await crawl(zip), shares: "Export/Shares_4711.csv")
  }

  @Test func `an unpacked export is read like its zip`() async throws {
    try folder.write(shares, to: "x/Shares.csv")
    try folder.write(article, to: "x/Articles/Articles/lööms.html")
    try folder.write("<h1>Draft</h1>", to: "x/Articles/Articles/draft.html")
    #expect(try Dispatcher().kind(of: CrawlSource(folder.path("x"))) == .linkedIn)
    check(try await crawl(folder.path("x")), shares: "Shares.csv")
  }

  @Test func `an article is extracted as one from the web is`() async throws {
    let paragraphs = """
      <p>A loom follows the holes of its cards, and lifts the threads that they tell it to lift.</p>
      <p>Whoever punches the cards therefore writes the cloth, and could write numbers as well.</p>
      """
    let page = article.replacing("<p>They follow cards.</p>", with: paragraphs)
    try folder.write(page, to: "x/Articles/looms.html")
    let source = CrawlSource(folder.path("x"), crawler: .linkedIn)
    let outcome = try await Dispatcher().crawl(source, author: ada, context: context(folder))
    let document = try #require(outcome.documents.first, "\(outcome.failures)")
    #expect(document.title == "Looms")
    #expect(document.platform == "linkedin")
    #expect(document.text.contains("writes the cloth"))
    #expect(!document.text.contains("<p>"))
  }

  @Test func `entries that lead out of the archive, and links, are refused`() async throws {
    let zip = try makeZip(
      [
        ZipEntry(name: "../../Shares.csv", text: shares), ZipEntry(name: "/etc/Shares.csv", text: shares),
        ZipEntry(name: "a/../../Articles/x.html", text: article),
        ZipEntry(name: "Articles/x.html", link: "/etc/passwd"),
        ZipEntry(
          name: "Shares.csv",
          text: "Date,ShareLink,ShareCommentary\n,https://www.linkedin.com/feed/update/urn:li:share:1,Mine\n"),
      ], in: folder)
    let outcome = try await crawl(zip)
    #expect(outcome.documents.map(\.text) == ["Mine"])
    #expect(outcome.failures.count == 4)
    #expect(!outcome.isExhaustive)
  }

  @Test func `a zip that is cut off anywhere is an error that names it`() async throws {
    let whole = try makeZip(
      [ZipEntry(name: "Shares.csv", text: shares), ZipEntry(name: "Articles/x.html", text: article)], in: folder)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: whole))
    let cut = folder.path("cut.zip")
    for length in stride(from: 0, to: bytes.count, by: 97) {
      try bytes.prefix(length).write(to: URL(fileURLWithPath: cut))
      let message = await crawlError { _ = try await crawl(cut) }
      #expect(message.contains(cut), "\(length) bytes")
    }
  }

  @Test func `bytes that changed are an error or another text, never a crash`() async throws {
    let whole = try makeZip([ZipEntry(name: "Shares.csv", text: shares)], in: folder)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: whole))
    let damaged = folder.path("damaged.zip")
    var random = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      var copy = bytes
      copy[Int.random(in: 0..<copy.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      try copy.write(to: URL(fileURLWithPath: damaged))
      do {
        _ = try await crawl(damaged)
      } catch {
        #expect(error is CrawlError)
      }
    }
  }

  @Test func `a bomb is stopped by what it unpacks to`() async throws {
    let zip = try makeZip([ZipEntry(name: "Shares.csv", zeros: 40 << 20)], in: folder)
    let ratio = await crawlError { _ = try await crawl(zip) }
    #expect(ratio.contains("times its own size"))
    var limits = CrawlLimits()
    limits.archive.fileBytes = 1 << 20
    let size = await crawlError { _ = try await crawl(zip, limits: limits) }
    #expect(size.contains("exceeds the limit of 1048576 bytes"))
    limits.archive.entries = 0
    let entries = await crawlError { _ = try await crawl(zip, limits: limits) }
    #expect(entries.contains("its number of files"))
  }

  @Test(arguments: [
    (["messages.csv", "Connections.csv"], "the larger archive"), (["posts.csv", "posts/1.a.html"], "Substack export"),
    (["README.html", "posts/2020-01-01_A-1.html"], "Medium export"), (["holiday.jpg"], "holiday.jpg"),
  ])
  func `another export is named for what it is`(names: [String], found: String) async throws {
    let zip = try makeZip(names.map { ZipEntry(name: $0, text: "x") }, in: folder)
    let message = await crawlError { _ = try await crawl(zip) }
    #expect(message.contains(found))
  }

  @Test func `shares that stop in the middle keep the rows before`() async throws {
    let text =
      "Date,ShareLink,ShareCommentary\n,https://www.linkedin.com/feed/update/urn:li:share:1,Mine\n,x,\"never ends"
    try folder.write(text, to: "x/Shares.csv")
    let outcome = try await crawl(folder.path("x"))
    #expect(outcome.documents.map(\.text) == ["Mine"])
    #expect(outcome.failures.first?.message.contains("line 3") == true)
  }

  @Test func `a file that is no zip is not taken for one`() async throws {
    let path = try folder.write("hello", to: "x.zip")
    let message = await crawlError { _ = try await crawl(path) }
    #expect(message.contains("not a zip file"))
  }
}
