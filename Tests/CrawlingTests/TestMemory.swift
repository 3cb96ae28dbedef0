import Crawling
import Domain
import Foundation

/// A memory that lasts as long as a test, and counts what is written.
actor TestMemory: CrawlMemory, CrawlSink {
  private(set) var states: [String: FetchState] = [:]
  private(set) var source: SourceState?
  private(set) var documents: [String: CrawledLink] = [:]
  /// How often something was kept that said something new.
  private(set) var writes = 0
  private(set) var events: [CrawlEvent] = []

  func take(_ event: CrawlEvent) {
    events.append(event)
    switch event {
    case .document(let document):
      guard let crawl = document.crawl else { return }
      documents[document.link] = CrawledLink(id: document.id, category: document.category, crawl: crawl)
    case .gone(let link, _): documents[link]?.crawl.goneSince = .distantPast
    default: break
    }
  }

  /// What happened since this was last asked.
  func outcome(_ coverage: Coverage = .partial) -> CrawlOutcome {
    defer { events = [] }
    return CrawlOutcome(events, coverage: coverage)
  }

  func fetchState(of url: String) -> FetchState? { states[url] }

  func remember(_ state: FetchState) {
    if states[state.url].map({ !$0.saysTheSame(as: state) }) ?? true { writes += 1 }
    states[state.url] = state
  }

  func sourceState() -> SourceState? { source }

  func remember(_ state: SourceState) {
    if source != state { writes += 1 }
    source = state
  }

  func known() -> [String: CrawledLink] { documents }

  func document(_ link: String) -> CrawledLink? { documents[link] }

  /// Forgets a document, as if somebody had deleted it.
  func delete(_ link: String) { documents[link] = nil }
}

extension Crawler {
  /// Crawls with a memory that is also the store.
  func crawl(
    _ source: CrawlSource, author: User, context: CrawlContext, remembering memory: TestMemory
  ) async throws -> CrawlOutcome {
    var context = context
    context.memory = memory
    let coverage = try await crawl(source, author: author, context: context, into: memory)
    return await memory.outcome(coverage)
  }
}
