import Crawling
import Domain
import Foundation
import TestSupport
import Testing

private let update = "https://www.linkedin.com/feed/update/"
private let number = "7458194261025673216"

@Suite struct `The files of a LinkedIn export` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func crawl(
    _ files: [String: String], options: [String: [String]] = [:], pages: PageReader = .verbatim
  ) async throws -> CrawlOutcome {
    for (name, text) in files { try folder.write(text, to: "x/\(name)") }
    return try await LinkedInCrawler(pages: pages).crawl(
      CrawlSource(folder.path("x"), options: options), author: ada, context: context(folder))
  }

  @Test func `hold comments, which are replies with links of their own`() async throws {
    let post = "\(update)urn%3Ali%3Aactivity%3A\(number)"
    let outcome = try await crawl([
      "Comments_4711.csv": #"""
      Date,Link,Message,
      2026-05-08 10:00:00,\#(post)?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A\#(number)%2C7458500000000000000%29,"He said \"no\",
      and \\ left"
      ,\#(update)urn:li:activity:\#(number)?dashCommentUrn=urn%3Ali%3Afsd_comment%3A%287458500000000000001%2Curn%3Ali%3Aactivity%3A\#(number)%29,Second
      2026-05-08 10:00:00,\#(update)urn:li:activity:\#(number)/,Old form
      2026-05-08 10:00:00,\#(post),Old form too
      2026-05-08 10:00:00,\#(post),
      2026-05-08 10:00:00,https://evil.example/x,Not theirs

      """#
    ])
    let comments = outcome.documents
    #expect(comments.map(\.text) == ["He said \"no\",\nand \\ left", "Second", "Old form", "Old form too"])
    #expect(comments.allSatisfy { $0.category == .posts && $0.relation == .reply(to: post) })
    #expect(
      comments.prefix(2).map(\.link) == [
        "\(post)?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A\(number)%2C7458500000000000000%29",
        "\(post)?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A\(number)%2C7458500000000000001%29",
      ])
    #expect(comments.suffix(2).allSatisfy { $0.link.hasPrefix("\(post)?comment=") })
    #expect(Set(comments.map(\.link)).count == 4)
    #expect(comments[1].publishedAt.map { Int($0.timeIntervalSince1970) } == 1_778_244_972)
    #expect(outcome.failures.count == 1 && outcome.skipped.contains { $0.reason == "comments without words" })
  }

  @Test func `tell a reply to a comment from one to a post`() async throws {
    let urn = "urn%3Ali%3Acomment%3A%28activity%3A\(number)%2C"
    let link =
      "\(update)urn:li:activity:\(number)?commentUrn=\(urn)7458500000000000000%29&replyUrn=\(urn)7458600000000000000%29"
    let outcome = try await crawl(["Comments.csv": "Date,Link,Message\n,\(link),Indeed\n"])
    let post = "\(update)urn%3Ali%3Aactivity%3A\(number)"
    let reply = try #require(outcome.documents.first)
    #expect(reply.link == "\(post)?commentUrn=\(urn)7458600000000000000%29")
    #expect(reply.relation == .reply(to: "\(post)?commentUrn=\(urn)7458500000000000000%29"))
  }

  @Test func `hold shares, whose words, reshares, visibilities and dates are read as they are`() async throws {
    let shares = """
      Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility,
      2026-05-09 08:00:00,\(update)urn:li:share:\(number)/,Scheduled,,,PUBLIC
      2001-01-01 00:00:00,\(update)urn%3Ali%3Ashare%3A7458194261025673217,Wrong date,,,MEMBER_NETWORK
      2026-05-09 08:00:00 UTC,\(update)urn%3Ali%3AugcPost%3A7458194261025673218,Look,\(update)urn:li:activity:7400000000000000000,,PUBLIC
      2026-05-09 08:00:00,\(update)urn%3Ali%3Ashare%3A7458194261025673219,A link,https://ada.example/looms,,PUBLIC

      """
    let all = try await crawl(["Shares.csv": shares, "Comments.csv": "No conversations found\n"])
    #expect(all.failures.isEmpty, "\(all.failures)")
    #expect(
      all.documents.map(\.link) == [
        "\(update)urn%3Ali%3Ashare%3A\(number)", "\(update)urn%3Ali%3Ashare%3A7458194261025673217",
        "\(update)urn%3Ali%3AugcPost%3A7458194261025673218", "\(update)urn%3Ali%3Ashare%3A7458194261025673219",
      ])
    #expect(
      all.documents.map { $0.publishedAt.map { Int($0.timeIntervalSince1970) } }
        == [1_778_313_600, 1_778_172_078, 1_778_313_600, 1_778_313_600])
    #expect(
      all.documents.map(\.relation)
        == [nil, nil, .reshare(of: "\(update)urn%3Ali%3Aactivity%3A7400000000000000000"), nil])
    let some = try await crawl([:], options: ["visibility": ["Public"]])
    #expect(some.documents.map(\.text) == ["Scheduled", "Look", "A link"])
    #expect(some.skipped.contains { $0.reason.contains("visibility") && $0.count == 1 })
  }

  @Test func `are the plain ones where there are numbered ones too, in Windows' way of writing, too`() async throws {
    let share = { (words: String) in
      "\u{FEFF}Date,ShareLink,ShareCommentary,ShareLink\r\n,\(update)urn:li:share:\(number),\(words),x\r\n"
    }
    let outcome = try await crawl([
      "Shares_12.csv": share("Numbered"), "shares.CSV": share("Plain"), "Shares_x.csv": share("Neither"),
    ])
    #expect(outcome.documents.map(\.text) == ["Plain"], "\(outcome)")
    #expect(outcome.documents.first?.publishedAt.map { Int($0.timeIntervalSince1970) } == 1_778_172_078)
  }

  @Test func `hold what was said about pictures, beside their posts`() async throws {
    let outcome = try await crawl([
      "Shares.csv": """
      Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility
      2026-05-09 08:00:00,\(update)urn:li:share:\(number),See this,,https://media.example/a?e=1,PUBLIC

      """,
      "Rich_Media_12.csv": """
      Date/Time,Media Description,Media Link
      "You uploaded a feed photo on May 9, 2026 at 8:00 AM (GMT)",A loom from the side,https://media.example/a?e=1
      "You uploaded a feed photo on April 12, 2026 at 12:03 PM (GMT)","The cards, in a box",https://media.example/b
      "You uploaded a feed photo on April 12, 2026 at 8:03 AM (GMT)",-,https://media.example/c
      "You uploaded a feed document on April 12, 2026 at 8:03 AM (GMT)",looms-v2.pdf,https://media.example/d

      """,
    ])
    #expect(outcome.documents.map(\.text) == ["See this\n\nA loom from the side", "The cards, in a box"])
    #expect(outcome.documents.map(\.link).last == "https://media.example/b")
    #expect(outcome.documents.last?.publishedAt == Date(timeIntervalSince1970: 1_775_995_380))
    #expect(outcome.skipped.contains { $0.reason == "media without a description" && $0.count == 2 })
  }

  @Test func `hold a profile, of which the words are read and nothing else`() async throws {
    let files = [
      "Profile.csv": """
      First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry
      Ada,Example,,1 Secret Street,"Dec 10, 1815",Analyst,"I write about engines.

      And looms.",Computing

      """,
      "Profile Summary.csv": "Profile Summary\nI write about engines.\n",
      "Positions.csv": """
      Company Name,Title,Description,Location,Started On,Finished On
      Engines Ltd,Analyst,Wrote the first programs.,London,1842,1843
      Elsewhere,Clerk,,,,

      """,
      "Projects.csv": "Title,Description,Url,Started On,Finished On\nThe mill,It turns.,,,\nThe store,,,,\n",
      "Publications.csv":
        "Name,Published On,Description,Publisher,Url\nNotes,\"Sep 1, 1843\",On the engine.,Taylor,https://x.example\n",
    ]
    let outcome = try await crawl(files)
    let profile = try #require(outcome.documents.first)
    #expect(profile.title == "Analyst" && profile.category == .articles)
    #expect(
      profile.text == "I write about engines.\n\nAnd looms.\n\n## Analyst at Engines Ltd\n\nWrote the first programs."
        + "\n\n## The mill\n\nIt turns.\n\n## Notes, Taylor\n\nOn the engine.")
    #expect(outcome.skipped.contains { $0.reason.contains("larger archive") })
    #expect(!outcome.isExhaustive, "posts that this archive does not have are not gone")
    #expect(try await crawl([:], options: ["include": ["profile"]]).isExhaustive)
  }

  @Test func `hold articles, whose stamps are dates and no words`() async throws {
    let page = """
      <html><head><title>Looms</title></head><body><h1><a href="https://www.linkedin.com/pulse/looms-ada">Looms</a></h1>
      <p class="created">Created on 2019-05-02 10:22</p><p class="published">Published on 2019-05-03 11:05</p>
      <div><p>A loom follows the holes of its cards, and lifts the threads that they tell it to lift, row by row.</p>
      <blockquote><p>A machine is not a genius.</p></blockquote>
      <p>Whoever punches the cards therefore writes the cloth, and could write numbers as well as flowers.</p></div>
      </body></html>
      """
    try folder.write(page, to: "x/Articles/Articles/looms.html")
    let source = CrawlSource(folder.path("x"), crawler: .linkedIn)
    let outcome = try await Dispatcher().crawl(source, author: ada, context: context(folder))
    let article = try #require(outcome.documents.first, "\(outcome)")
    #expect(article.publishedAt == Date(timeIntervalSince1970: 1_556_881_500))
    #expect(!article.text.contains("2019") && article.text.hasPrefix("A loom"), "\(article.text)")
    #expect(article.text.contains("\n> A machine is not a genius."))
  }

  @Test func `that are private are never opened`() async throws {
    let bombs = [
      "messages.csv", "Connections.csv", "Reactions.csv", "InstantReposts_4.csv", "Saved_Items.csv",
      "Email Addresses.csv",
      "SearchQueries.csv", "Sharesx.csv", "My Shares.csv",
    ].map { ZipEntry(name: $0, zeros: 40 << 20) }
    let share = "Date,ShareLink,ShareCommentary\n,\(update)urn:li:share:1,Mine\n"
    let zip = try makeZip(bombs + [ZipEntry(name: "Shares.csv", text: share)], in: folder)
    let outcome = try await LinkedInCrawler(pages: .verbatim).crawl(
      CrawlSource(zip), author: ada, context: context(folder))
    #expect(outcome.documents.map(\.text) == ["Mine"] && outcome.failures.isEmpty)
  }

  @Test func `are asked for by names that there are`() async throws {
    try folder.write("Date,ShareLink,ShareCommentary\n", to: "x/Shares.csv")
    let message = await crawlError { _ = try await crawl([:], options: ["include": ["share"]]) }
    #expect(message.contains("no part `share`") && message.contains("`rich_media`"))
    let nothing = await crawlError { _ = try await crawl([:], options: ["include": ["comments"]]) }
    #expect(nothing.contains("without what `include` asks for"))
  }

  @Test func `however damaged give documents or failures, never a crash`() async throws {
    let corpus = [
      "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n2026-05-09,\(update)urn:li:share:1,\"a\"\"\n\"\"b\",,,X\n",
      "Date,Link,Message\n,\(update)urn:li:activity:\(number)?commentUrn=urn:li:comment:(activity:1,2),\"\\\"x\"\n",
      "Date/Time,Media Description,Media Link\n\"on April 12, 2026 at 8:03 AM\",x y,https://a.example/b\n",
    ].map { Array($0.utf8) }
    let words = [
      "\"", ",", "\n", "\\", "urn:li:", "%", "No x found", "\u{FEFF}", "April 99, 99999999999999999999 at 99:99",
    ]
    for (index, bytes) in Mutations(of: corpus, words: words, count: 600, seed: 11).enumerated() {
      let text = String(decoding: bytes, as: UTF8.self)
      let outcome = try await crawl([
        "Shares.csv": text, "Comments.csv": text, "Rich_Media.csv": text, "Positions.csv": text, "Profile.csv": text,
      ])
      #expect(outcome.documents.allSatisfy { !$0.link.isEmpty && !$0.text.utf8.contains(0) }, "\(index)")
    }
  }
}
