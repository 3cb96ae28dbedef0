import Crawling
import Domain
import Foundation
import TestSupport
import Testing

private let columns =
  "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url\n"

private let prose = """
  <p>A loom follows the holes of its cards, and lifts the threads that they tell it to lift, row after row.</p>
  <div class="subscription-widget-wrap"><p>Thanks for reading! Subscribe for free to receive new posts.</p></div>
  <blockquote><p>Nobody knows what a machine can do, said the weaver.</p></blockquote>
  <p>Whoever punches the cards therefore writes the cloth, and could write numbers as well as flowers.</p>
  """

@Suite struct `A Substack export` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func crawl(
    _ rows: String, posts: [String: String], options: [String: [String]] = [:], wrapping: String = ""
  ) async throws -> CrawlOutcome {
    let readers = ["posts/1234.delivers.csv", "posts/1234.opens.csv", "email_list.ada.csv"]
    let entries =
      readers.map { ZipEntry(name: wrapping + $0, zeros: 40 << 20) }
      + [ZipEntry(name: "\(wrapping)posts.csv", text: columns + rows)]
      + posts.sorted { $0.key < $1.key }.map { ZipEntry(name: "\(wrapping)posts/\($0.key)", text: $0.value) }
    let zip = try makeZip(entries, in: folder)
    return try await Dispatcher().crawl(CrawlSource(zip, options: options), author: ada, context: context(folder))
  }

  @Test(arguments: ["", "export/"])
  func `gives its posts with what the list says of them, and no reader's name is opened`(wrapping: String) async throws
  {
    let outcome = try await crawl(
      "1234.looms,2021-05-03T12:00:00.000Z,true,,,newsletter,only_paid,\"Looms\nand \"\"cards\"\"\",On weaving,\n",
      posts: ["1234.looms.html": prose], options: ["publication": ["https://ada.substack.com/"]], wrapping: wrapping)
    let document = try #require(outcome.documents.first, "\(outcome)")
    #expect(outcome.failures.isEmpty && outcome.isExhaustive && outcome.warnings.isEmpty)
    #expect(document.link == "https://ada.substack.com/p/looms" && document.platform == "ada.substack.com")
    #expect(document.title == "Looms and \"cards\"" && document.subtitle == "On weaving")
    #expect(document.publishedAt == Date(timeIntervalSince1970: 1_620_043_200))
    #expect(document.tags == ["audience:only_paid"])
    #expect(document.text.contains("writes the cloth") && !document.text.contains("Subscribe"))
    #expect(document.text.contains("\n> Nobody knows what a machine can do, said the weaver.\n"))
  }

  @Test func `without its publication gives links that last, and joins files by number`() async throws {
    let outcome = try await crawl(
      "1234,2021-05-03T12:00:00.000Z,true,,,newsletter,everyone,Looms,,\n", posts: ["1234.looms.html": prose])
    #expect(outcome.documents.map(\.link) == ["urn:substack:post:1234"], "\(outcome)")
    #expect(outcome.documents.map(\.platform) == ["substack"])
    #expect(outcome.warnings.count == 1 && outcome.warnings.first?.contains("publication: https://") == true)
  }

  @Test func `leaves out drafts, threads and restacks, and says what is missing`() async throws {
    let rows = """
      1.a,2021-05-03T12:00:00.000Z,false,,,newsletter,everyone,A,,
      2.b,2999-05-03T12:00:00.000Z,true,,,newsletter,everyone,B,,
      3.c,2021-05-03T12:00:00.000Z,true,,,thread,everyone,C,,
      4.d,2021-05-03T12:00:00.000Z,true,,,restack,everyone,D,,
      5.e,2021-05-03T12:00:00.000Z,true,,,podcast,everyone,E,,https://x.example/e.mp3
      6.f,2021-05-03T12:00:00.000Z,true,,,newsletter,everyone,F,,
      7.g,2021-05-03T12:00:00.000Z,true,,,podcast,everyone,G,,

      """
    let posts = ["1.a.html": prose, "2.b.html": prose, "7.g.html": prose, "9.x.html": prose]
    let outcome = try await crawl(rows, posts: posts)
    #expect(outcome.documents.map(\.title) == ["G"], "a podcast with a text")
    #expect(
      outcome.skipped.map(\.reason).sorted() == [
        "a draft", "a draft", "a podcast without text", "a restack, which has no text of its own",
        "a thread, which has no text of its own", "not in posts.csv",
      ])
    #expect(outcome.failures.map(\.message) == ["its text is not in the export"])
    let drafts = try await crawl(rows, posts: posts, options: ["drafts": ["true"]])
    #expect(drafts.documents.map(\.title) == ["A", "B", "G"])
  }

  @Test func `shows tweets as what others said`() async throws {
    let attributes =
      #"{"url":"https://twitter.com/grace/status/1?s=20","full_text":"Looms <were> first","name":"Grace"}"#
      .replacing("\"", with: "&quot;")
    let tweet =
      "<div class=\"tweet\" data-attrs=\"\(attributes)\"><div>Looms</div> <div>were <div>first</div></div></div>"
    let outcome = try await crawl(
      "1.a,2021-05-03T12:00:00.000Z,true,,,newsletter,everyone,A,,\n", posts: ["1.a.html": prose + tweet + prose])
    let text = try #require(outcome.documents.first, "\(outcome)").text
    let lines = text.split(separator: "\n").filter { $0.contains("first") || $0.contains("Grace") }
    #expect(lines.count == 1 && lines.allSatisfy { $0.hasPrefix("> Looms \\<were> first") }, "\(text)")
    #expect(text.contains("([Grace](https://twitter.com/grace/status/1"))
  }

  @Test func `with a publication that is no address is an error`() async throws {
    let message = await crawlError {
      _ = try await crawl("1.a,,true,,,newsletter,,A,,\n", posts: [:], options: ["publication": ["ada example"]])
    }
    #expect(message.contains("ada example"))
  }

  @Test func `however damaged gives documents, skips or failures, never a crash`() async throws {
    let row = "1234.looms,2021-05-03T12:00:00.000Z,true,,,newsletter,everyone,\"Looms\nand\",On weaving,\n"
    try folder.write(prose, to: "x/posts/1234.looms.html")
    for bytes in Mutations(of: [Array((columns + row).utf8)], words: ["\"", ",", "\n", "."], count: 300, seed: 21) {
      try Data(bytes).write(to: folder.url.appending(path: "x/posts.csv"))
      let outcome = try await Dispatcher().crawl(CrawlSource(folder.path("x")), author: ada, context: context(folder))
      #expect(outcome.documents.allSatisfy { !$0.link.isEmpty })
    }
  }
}
