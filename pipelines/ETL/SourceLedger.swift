import Foundation

/// Stores what the crawl of one source finds, as it comes, and knows what earlier crawls have left.
///
/// Documents are stored some at a time; what is remembered of a document only after the document, so that a crawl which
/// is killed leaves nothing behind that a later one would take for done.
actor SourceLedger: CrawlSink, CrawlMemory {
  /// How many documents, or states, are stored together.
  private static let maximumCount = 200
  /// The bytes of text after which documents are stored.
  private static let maximumBytes = 8 << 20

  private let warehouse: Warehouse
  private let source: String
  /// The source's host.
  private let host: String
  private let author: Identifier
  private let date: Date
  private var crawled: CrawledSource

  private var documents: [RawDocument] = []
  private var bytes = 0
  private var states: [String: FetchState] = [:]
  private var sourceStateToKeep: SourceState?
  /// The links of what was found.
  private var seen: Set<String> = []

  private var storedStates: [String: FetchState]?
  private var storedLinks: [String: CrawledLink]?

  init(_ job: CrawlJob, of author: Identifier, in warehouse: Warehouse, at date: Date) {
    self.warehouse = warehouse
    self.author = author
    self.date = date
    source = job.source.redactedLocation
    host = Pipelines.host(of: job.source.location)
    crawled = CrawledSource(source: job.itemName, domain: domain(of: job.source.location))
  }

  // MARK: What is found

  func take(_ event: CrawlEvent) async throws {
    switch event {
    case .document(let document):
      seen.insert(document.link)
      documents.append(document)
      bytes += document.text.utf8.count
      if documents.count >= Self.maximumCount || bytes >= Self.maximumBytes { try await store() }
    case .unchanged(let link):
      seen.insert(link)
      crawled.unchanged += 1
      count(\.unchanged, at: try await known()[link]?.crawl.url ?? link)
    case .gone(let link, _): try await markGone(link)
    case .skipped(let skip):
      crawled.skipped[skip.reason, default: 0] += skip.count
      count(\.skipped, at: skip.item, skip.count)
    case .failed(let failure):
      crawled.failed += 1
      count(\.failed, at: failure.item)
      StepContext.current.quarantine(
        item: failure.item, reason: failure.message, attempts: failure.attempts, nextTry: failure.nextTry)
    case .warned(let message): StepContext.current.warn(message)
    case .requested(let request): crawled.hosts[request.host, default: HostTally()].add(request)
    }
  }

  /// Stores what is not stored yet, and says what the crawl came to.
  ///
  /// - Parameter coverage: how much of the source was seen; nil if the crawl did not come to its end.
  func finish(_ coverage: Coverage?) async throws -> CrawledSource {
    try await store()
    switch coverage {
    case .complete: try await markMissing()
    case .unchanged:
      for document in try await known().values where document.crawl.goneSince == nil {
        crawled.unchanged += 1
        count(\.unchanged, at: document.crawl.url)
      }
    case .partial, nil: break
    }
    if coverage != nil { try await storeSourceState() }
    StepContext.current.count(
      computed: crawled.inserted + crawled.updated, cached: crawled.unchanged, deleted: crawled.gone)
    return crawled
  }

  /// Counts an item for its host.
  ///
  /// - Parameter place: its address, or a name within the source.
  private func count(_ what: WritableKeyPath<ItemTally, Int>, at place: String, _ count: Int = 1) {
    let host = place.contains("://") ? Pipelines.host(of: place) : host
    crawled.hosts[host, default: HostTally()].items[keyPath: what] += count
  }

  private func store() async throws {
    let (documents, states) = (documents, states)
    (self.documents, self.states, bytes) = ([], [:], 0)
    var failed: Set<String> = []
    let outcomes = documents.isEmpty ? [] : try await warehouse.save(documents)
    for (document, outcome) in zip(documents, outcomes) {
      let place = document.crawl?.url ?? document.link
      switch outcome {
      case .inserted: crawled.inserted += 1
      case .updated: crawled.updated += 1
      case .unchanged: crawled.unchanged += 1
      case .failed(let error):
        count(\.failed, at: place)
        crawled.failed += 1
        failed.insert(document.link)
        StepContext.current.quarantine(item: document.link, error: error)
        continue
      }
      count(outcome == .unchanged ? \.unchanged : \.documents, at: place)
      if outcome != .unchanged {
        crawled.languages.add(document.text, declared: document.language, category: document.category)
      }
      StepContext.current.succeed(item: document.link)
      if let url = document.crawl?.requestedURL { StepContext.current.succeed(item: url) }
    }
    // What could not be stored is to be fetched again.
    try await store(states.values.filter { failed.isDisjoint(with: $0.links) })
  }

  private func store(_ states: [FetchState]) async throws {
    guard !states.isEmpty else { return }
    let known = try await knownStates()
    let news = states.filter { state in known[state.url].map { !state.saysTheSame(as: $0) } ?? true }
    guard !news.isEmpty else { return }
    let stored = news.map { StoredFetchState($0, source: source, author: author) }
    for outcome in try await warehouse.collection(StoredFetchState.self).save(stored) {
      // The worst of it is a request too many in the next run.
      if case .failed(let error) = outcome { StepContext.current.warn(error.description) }
    }
    for state in news { storedStates?[state.url] = state }
  }

  private func storeSourceState() async throws {
    guard var state = sourceStateToKeep else { return }
    state.isComplete = state.isComplete && crawled.failed == 0
    guard try await sourceState() != state else { return }
    try await warehouse.collection(StoredSourceState.self).save(
      StoredSourceState(state, source: source, author: author))
  }

  // MARK: What is gone

  private func markGone(_ link: String) async throws {
    guard !seen.contains(link), let known = try await document(link) else { return }
    let marked = try await warehouse.markGone([known.id], in: known.category, at: date)
    crawled.gone += marked
    count(\.gone, at: known.crawl.url, marked)
    if marked == 0 { crawled.skipped["gone at their source already", default: 0] += 1 }
  }

  /// Marks what an earlier crawl of the source found and this one, which has seen all of it, did not.
  private func markMissing() async throws {
    let missing = try await known().filter { $0.value.crawl.goneSince == nil && !seen.contains($0.key) }.values
    for category in DataCategory.allCases {
      let ids = missing.filter { $0.category == category }.map(\.id)
      if !ids.isEmpty { crawled.gone += try await warehouse.markGone(ids, in: category, at: date) }
    }
    for document in missing { count(\.gone, at: document.crawl.url) }
  }

  // MARK: What is known

  func fetchState(of url: String) async throws -> FetchState? {
    if let state = states[url] { return state }
    return try await knownStates()[url]
  }

  func remember(_ state: FetchState) async throws {
    states[state.url] = state
    if states.count >= Self.maximumCount { try await store() }
  }

  func sourceState() async throws -> SourceState? {
    let id = StoredSourceState.id(source: source, author: author)
    return try await warehouse.collection(StoredSourceState.self).document(id)?.state
  }

  func remember(_ state: SourceState) {
    sourceStateToKeep = state
  }

  func known() async throws -> [String: CrawledLink] {
    if let storedLinks { return storedLinks }
    let links = try await warehouse.links(fromSource: source, author: author)
    storedLinks = links
    return links
  }

  func document(_ link: String) async throws -> CrawledLink? {
    if let known = try await known()[link] { return known }
    return try await warehouse.crawledLink(link)
  }

  /// The states of the source, read once.
  private func knownStates() async throws -> [String: FetchState] {
    if let storedStates { return storedStates }
    var read: [String: FetchState] = [:]
    let mine: Filter<StoredFetchState> = .source == source && .authorID == author
    // One that cannot be read is made anew.
    for try await batch in warehouse.collection(StoredFetchState.self).find(mine).batches {
      for stored in batch.documents { read[stored.state.url] = stored.state }
    }
    storedStates = read
    return read
  }
}
