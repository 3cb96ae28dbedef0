import Crawling
import Domain
import Foundation
import TestSupport
import Testing

private func post(
  _ title: String, body: String, id: String = "0123456789ab", hasTitle: Bool = true, canonical: Bool = true
) -> String {
  let heading = hasTitle ? "<h3 name=\"a\" class=\"graf graf--h3 graf--title\">\(title)</h3>" : ""
  let link =
    canonical ? "<p><a href=\"https://medium.com/@ada/looms-\(id)\" class=\"p-canonical\">Canonical link</a></p>" : ""
  return """
    <!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>\(title)</title>
    <style>* { font-family: Georgia }</style></head><body><article class="h-entry"><header><h1 class="p-name">\(title)</h1>
    </header><section data-field="body" class="e-content"><section name="b" class="section section--body">
    <div class="section-content"><div class="section-inner sectionLayout--insetColumn">\(heading)\(body)</div></div></section>
    </section><footer><p>By <a href="https://medium.com/@ada" class="p-author h-card">Ada Example</a> on
    <a href="https://medium.com/p/\(id)"><time class="dt-published" datetime="2019-08-07T10:20:30.400Z">August 7,
    2019</time></a>.</p>\(link)<p>Exported from <a href="https://medium.com">Medium</a> on May 1, 2024.</p></footer></article>
    </body></html>
    """
}

private let prose = """
  <p class="graf graf--p">A loom follows the holes of its cards, and lifts the threads that they tell it to lift.</p>
  <blockquote class="graf graf--pullquote">Lifts the threads that they tell it to lift</blockquote>
  <p class="graf graf--p">Whoever punches the cards therefore writes the cloth, and could write numbers as well.</p>
  """

@Suite struct `A Medium export` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func crawl(_ posts: [String: String], options: [String: [String]] = [:]) async throws -> CrawlOutcome {
    let others = ["README.html", "profile/profile.html", "claps/claps-0001.html", "ips/ips-0001.html"]
    let entries =
      others.map { ZipEntry(name: "medium-export/\($0)", zeros: 40 << 20) }
      + posts.sorted { $0.key < $1.key }.map { ZipEntry(name: "medium-export/posts/\($0.key)", text: $0.value) }
    let zip = try makeZip(entries, in: folder)
    return try await Dispatcher().crawl(CrawlSource(zip, options: options), author: ada, context: context(folder))
  }

  @Test func `gives its posts, and nothing private is opened`() async throws {
    let outcome = try await crawl([
      "2019-08-07_Looms-0123456789ab.html": post("Looms", body: prose),
      "draft_Engines-0123456789ac.html": post("Engines", body: prose, id: "0123456789ac"),
    ])
    let document = try #require(outcome.documents.first, "\(outcome)")
    #expect(outcome.documents.count == 1 && outcome.failures.isEmpty && outcome.isExhaustive)
    #expect(document.link == "https://medium.com/@ada/looms-0123456789ab")
    #expect(document.title == "Looms" && document.platform == "medium" && document.category == .articles)
    #expect(document.publishedAt.map { Int($0.timeIntervalSince1970) } == 1_565_173_230)
    #expect(document.text.contains("writes the cloth") && !document.text.contains("Exported"))
    #expect(
      document.text.contains("lifts the threads") && !document.text.contains("Lifts the threads"), "\(document.text)")
    #expect(outcome.skipped.map(\.reason) == ["a draft"])
  }

  @Test func `gives drafts when asked for them, by the number in the name of their file`() async throws {
    let draft = post("Engines", body: prose, canonical: false)
    let outcome = try await crawl(
      ["draft_Engines-0123456789ac.html": draft, "draft_x.html": draft], options: ["drafts": ["true"]])
    #expect(outcome.documents.map(\.link) == ["https://medium.com/p/0123456789ac"], "\(outcome)")
    #expect(outcome.failures.first?.message.contains("no link") == true)
  }

  @Test func `gives replies as posts that answer`() async throws {
    let words = "Thank you, that is a kind thing to say about looms and about those who punch their cards by hand."
    let reply = post(
      "Thank you, that is a kind thing to say about looms and", body: "<p class=\"graf graf--p\">\(words)</p>",
      hasTitle: false)
    let outcome = try await crawl(["2019-08-07_Thank-you-0123456789ab.html": reply])
    let document = try #require(outcome.documents.first, "\(outcome)")
    #expect(document.category == .posts && document.title == nil && document.relation == .reply(to: nil))
    #expect(document.text.contains("punch their cards by hand"))
  }

  @Test func `gives the shortest of posts, its title once`() async throws {
    let outcome = try await crawl([
      "2019-08-07_Looms-0123456789ab.html": post("Looms", body: "<p class=\"graf\">Yes.</p>")
    ])
    #expect(outcome.documents.map(\.title) == ["Looms"], "\(outcome)")
    #expect(outcome.documents.map { $0.text.split(whereSeparator: \.isNewline) } == [["Yes."]])
  }

  @Test func `keeps quotes of others, code, and links for what is embedded`() async throws {
    let body = """
      \(prose)<blockquote class="graf graf--blockquote">Nobody knows what a machine can do, said the weaver.</blockquote>
      <pre class="graf graf--pre">let a = 1<br>  let b = 2</pre>
      <figure class="graf graf--figure graf--iframe"><script src="https://gist.github.com/ada/0f.js"></script></figure>
      <figure class="graf graf--figure graf--iframe"><iframe src="https://www.youtube.com/embed/x1?feature=oembed" width="700">
      </iframe></figure><figure class="graf graf--iframe"><script src="https://evil.example/x.js"></script></figure>
      <p class="graf graf--p">That is all there is to say about looms and cards, for now at least, and for tomorrow.</p>
      """
    let outcome = try await crawl(["2019-08-07_Looms-0123456789ab.html": post("Looms", body: body)])
    let text = try #require(outcome.documents.first, "\(outcome)").text
    #expect(text.contains("\n> Nobody knows what a machine can do, said the weaver.\n"), "\(text)")
    #expect(text.contains("let a = 1\n  let b = 2"), "\(text)")
    #expect(text.contains("https://gist.github.com/ada/0f") && !text.contains("0f.js"), "\(text)")
    #expect(text.contains("https://www.youtube.com/watch?v=x1") && !text.contains("evil"), "\(text)")
  }

  @Test func `that was unpacked is read like its zip`() async throws {
    try folder.write(post("Looms", body: prose), to: "x/posts/2019-08-07_Looms-0123456789ab.html")
    try folder.write("x", to: "x/README.html")
    let outcome = try await Dispatcher().crawl(CrawlSource(folder.path("x")), author: ada, context: context(folder))
    #expect(outcome.documents.map(\.title) == ["Looms"])
    let message = await crawlError {
      _ = try await MediumExportCrawler().crawl(CrawlSource(folder.path("none")), author: ada, context: context(folder))
    }
    #expect(message.contains("no such file"))
  }

  @Test func `however damaged gives documents, skips or failures, never a crash`() async throws {
    let corpus = [post("Looms", body: prose), post("A reply", body: "<p>A reply to you</p>", hasTitle: false)]
    let words = ["<script", " src=\"", "<iframe", "dt-published", "<blockquote>", ">", "\n```\n"]
    try folder.write("x", to: "x/README.html")
    for html in Mutations(of: corpus.map { Array($0.utf8) }, words: words, count: 200, seed: 8) {
      try folder.write("", to: "x/posts/a-0123456789ab.html")
      try Data(html).write(to: folder.url.appending(path: "x/posts/a-0123456789ab.html"))
      let outcome = try await Dispatcher().crawl(CrawlSource(folder.path("x")), author: ada, context: context(folder))
      #expect(outcome.documents.count + outcome.skipped.count + outcome.failures.count == 1, "\(outcome)")
    }
  }
}
