import Domain

/// Visits the pages that a feed or a sitemap names, some at a time; the gate to hosts sees to it that none is asked too
/// much.
struct EntryVisitor: Sendable {
  let visitor: PageVisitor

  /// A page to visit.
  struct Target: Sendable {
    let address: WebAddress
    /// What a feed says of it.
    var entry: FeedEntry?
    /// Whether its list says that it has not changed since it was visited.
    var isSpared = false
  }

  /// How many pages of one source are visited at once, or wait for their hosts.
  private static let maximumCount = 16

  private var sink: any CrawlSink { visitor.sink }

  /// Visits pages, each address once.
  ///
  /// - Returns: whether nothing is left to be done with what the feed says of them: of none that failed does it have the
  ///   article.
  /// - Throws: `CancellationError`, or what memory and sink throw.
  func visit(_ targets: [Target]) async throws -> Bool {
    var seen: Set<String> = []
    let targets = targets.filter { seen.insert($0.address.text).inserted }
    return try await withThrowingTaskGroup(of: Bool.self) { group in
      for target in targets.prefix(Self.maximumCount) {
        group.addTask { try await visit(target) }
      }
      var remaining = targets.dropFirst(Self.maximumCount)
      var isSettled = true
      while let result = try await group.next() {
        isSettled = isSettled && result
        if let target = remaining.popFirst() {
          group.addTask { try await visit(target) }
        }
      }
      return isSettled
    }
  }

  private func visit(_ target: Target) async throws -> Bool {
    if target.isSpared, let known = try await visitor.web.usableState(of: target.address) {
      try await report(.unchanged(known), of: target)
      return true
    }
    let article = target.entry?.article
    let fetched = try await visitor.fetch(target.address)
    switch fetched {
    case .failed(let failure) where Self.refusals.contains(failure.status):
      if try await takeFromFeed(target, status: failure.status, failure.previous) { return true }
    case .skipped:
      let known = try await visitor.context.memory.fetchState(of: target.address.redacted)
      if try await takeFromFeed(target, status: 0, known) { return true }
    case .unchanged(let state):
      if let article, let document = try await renewed(state, article, of: target) {
        try await visitor.keep(document, state)
        return true
      }
    default: break
    }
    try await report(fetched, of: target)
    if case .failed = fetched { return article == nil }
    return true
  }

  /// The statuses by which sites refuse their pages to programs, or to whoever has not paid.
  private static let refusals: Set<Int> = [401, 402, 403, 451]

  private func report(_ fetched: Fetched, of target: Target) async throws {
    let found = try await visitor.report(fetched, at: target.address) {
      target.entry?.article.flatMap { document(of: target, article: $0) }
    }
    guard let found else { return }
    let reason = "a list in a list"
    switch found {
    case .feed(_, var state, _), .sitemap(_, var state, _), .home(var state):
      if case .page = fetched {
        state.use = .page
        try await visitor.web.remember(state, noDocumentBecause: reason)
      }
    }
    try await sink.take(.skipped(Skip(item: target.address.redacted, reason: reason)))
  }

  // MARK: Articles in feeds

  /// Takes the article from the feed: some sites refuse their pages to programs, and give the whole article there.
  ///
  /// - Returns: whether the feed has it, or had it when it was as it is.
  private func takeFromFeed(_ target: Target, status: Int, _ known: FetchState?) async throws -> Bool {
    if let article = target.entry?.article, let document = document(of: target, article: article) {
      let state = FetchState(
        url: target.address.redacted, status: status, fetchedAt: visitor.context.date, digest: visitor.web.digest)
      try await visitor.keep(document, state)
      return true
    }
    guard target.entry == nil, let known, known.failures == 0, known.status == status, !known.links.isEmpty else {
      return false
    }
    for link in known.links { try await sink.take(.unchanged(link: link)) }
    try await visitor.web.remember(known, links: known.links)
    return true
  }

  /// The document anew, if it was taken from the feed and the feed has another text now, whatever the page says.
  private func renewed(_ state: FetchState, _ article: String, of target: Target) async throws -> RawDocument? {
    guard let link = state.links.first, let known = try await visitor.context.memory.document(link),
      known.crawl.producer == Producer.feed, known.crawl.bodyHash != ContentHash(of: article)
    else { return nil }
    return document(of: target, article: article)
  }

  private func document(of target: Target, article html: String) -> RawDocument? {
    guard let entry = target.entry else { return nil }
    return FeedArticle(entry: entry, html: html, address: target.address).document(
      visitor.pages, author: visitor.author, source: visitor.source, date: visitor.context.date)
  }
}
