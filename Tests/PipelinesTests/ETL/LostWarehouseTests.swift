import Foundation
import Pipelines
import Synchronization
import TestSupport
import Testing

/// Runs whose warehouse goes away while they crawl.
@Suite struct LostWarehouseTests {
  /// A crawler whose second source ends the server before it finds anything.
  private final class Disaster: Crawler {
    private let server: PeerServer
    private let count = Mutex(0)

    init(_ server: PeerServer) { self.server = server }

    var sources: Int { count.withLock { $0 } }

    func crawl(
      _ source: CrawlSource, author: User, context: CrawlContext, into sink: any CrawlSink
    ) async throws -> Coverage {
      let number = count.withLock { count in
        count += 1
        return count
      }
      if number == 2 { server.stop() }
      let document = RawDocument(
        category: .articles, link: source.location, platform: "web", author: author, title: "A note",
        text: "What I think of \(source.location).")
      try await sink.take(.document(document))
      return .partial
    }
  }

  @Test func `a warehouse that is gone fails the step once, and the sources after it are not crawled in vain`()
    async throws
  {
    let (folder, server) = (try TemporaryFolder(), try PeerServer("mongo_server.py"))
    let crawler = Disaster(server)
    var dispatcher = Dispatcher()
    dispatcher.register(crawler, as: CrawlerKind(rawValue: "disaster"), for: ["*.disaster.example"])
    let sources = (1...300).map { "https://ada.disaster.example/\($0)" }
    let yaml = """
      author: Ada Example
      sources: [\(sources.joined(separator: ", "))]
      embedding: {model: hash}
      warehouse: mongodb://127.0.0.1:\(server.port)/twin?serverSelectionTimeoutMS=50&connectTimeoutMS=200
      """
    let configuration = try Configuration(
      path: try folder.write(yaml, to: "twin.yaml"), environment: [:], dispatcher: dispatcher)
    let record = try await PipelineRunner(Stores(configuration)).run(.etl)
    #expect(record.status == .failed)
    // One failure, of the step: the server's absence is no source's.
    let failures = record.failures.filter { $0.step == "crawledSources" }
    #expect(failures.count == 1 && failures.first?.item == nil, "\(record.failures)")
    #expect(failures.first?.error.contains("does not answer") == true, "\(record.failures)")
    #expect(configuration.quarantine.list().allSatisfy { $0.item == nil })
    // Sixty-four are under way at a time.
    #expect((2..<200).contains(crawler.sources), "\(crawler.sources) sources were crawled")
  }
}
