import Crawling
import Domain
import Foundation
import HTTP
import TestSupport
import Testing

/// What `WebFetcher.visit` does for a crawler that makes a document of each line.
@Suite struct VisitTests {
  let folder: TemporaryFolder
  let server: CrawlServer
  let memory = TestMemory()

  init() throws {
    folder = try TemporaryFolder()
    server = try CrawlServer()
  }

  private struct Lines: Crawler {
    struct Refusal: Error, CustomStringConvertible {
      let description = "the list is in another form; ask its author"
    }

    func crawl(
      _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
    ) async throws -> Coverage {
      let web = WebFetcher(source, producers: ["lines/1"], context: context, sink: sink)
      try await web.visit(source.location) { response, record in
        guard !response.text.contains("?") else { throw Refusal() }
        return response.text.split(separator: "\n").map { line in
          RawDocument(
            category: .posts, link: "https://lines.example/\(line)", platform: "lines", author: author,
            text: String(line), crawl: record)
        }
      }
      return .partial
    }
  }

  private func crawl(_ body: String?, status: Int? = nil) async throws -> CrawlOutcome {
    try server.behave(["/list": .init(status: status, type: "text/plain", body: body)])
    var context = context(folder, proxy: server.origin, attempts: 1)
    context.ignoresNextTry = true
    return try await Lines().crawl(
      CrawlSource("http://ada.example/list"), author: ada, context: context, remembering: memory)
  }

  @Test func `gives documents with where they came from, then what changed, then what is gone`() async throws {
    let first = try await crawl("one\ntwo\n")
    #expect(first.documents.map(\.text) == ["one", "two"])
    let record = try #require(first.documents.first?.crawl)
    #expect(record.requestedURL == "http://ada.example/list" && record.status == 200 && record.entityTag != nil)
    #expect(record.producer == "lines/1" && record.bodyHash != nil)
    let writes = await memory.writes
    let same = try await crawl("one\ntwo\n")
    #expect(same.unchanged == ["https://lines.example/one", "https://lines.example/two"])
    #expect(try server.pageRequests().map(\.status) == [200, 304])
    #expect(await memory.writes == writes)

    let other = try await crawl("two\nthree\n")
    #expect(other.documents.map(\.text) == ["two", "three"] && other.gone == ["https://lines.example/one"])
    let gone = try await crawl(nil, status: 410)
    #expect(gone.gone == ["https://lines.example/two", "https://lines.example/three"])
  }

  @Test func `reports what fails, keeps what there was, and takes an empty answer for one`() async throws {
    _ = try await crawl("one\n")
    let refused = try await crawl("one?\n")
    #expect(refused.failures.map(\.message) == ["the list is in another form; ask its author"])
    #expect(refused.gone.isEmpty)
    #expect(try await crawl(nil, status: 403).failures.count == 1)
    let empty = try await crawl("\n")
    #expect(empty.gone == ["https://lines.example/one"] && empty.failures.isEmpty && empty.documents.isEmpty)
    let again = try await crawl("\n")
    #expect(again.gone.isEmpty && again.skipped.map(\.reason) == ["it holds no documents"])
  }
}
