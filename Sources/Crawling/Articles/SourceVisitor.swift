import Domain

/// Visits the address that the user named, and what it leads to.
struct SourceVisitor: Sendable {
  let visitor: PageVisitor

  private var sink: any CrawlSink { visitor.sink }

  /// Visits an address.
  ///
  /// - Throws: `CancellationError`, or what memory and sink throw.
  func visit(_ address: WebAddress) async throws {
    if visitor.options.discovers {
      if let feed = MediumAddress.feed(of: address) { return try await visit(feed) }
      if SubstackArchive.isArchive(address) || SubstackArchive.isSite(address) {
        let archive = SubstackArchive(site: address)
        if try await archive.visit(by: visitor) { return }
        return try await visitPage(archive.feed)
      }
    }
    try await visitPage(address)
  }

  private func visitPage(_ address: WebAddress) async throws {
    let fetched = try await visitor.fetch(address)
    guard let found = try await visitor.report(fetched, at: address, isSource: true) else { return }
    if case .home(let state) = found { return try await visit(home: state, at: address) }
    try await visit(found)
  }

  /// Visits what a list names.
  private func visit(_ found: PageVisitor.Found) async throws {
    switch found {
    case .feed(let feed, let state, let address):
      try await FeedVisitor(visitor: visitor).visit(feed, state, at: address)
    case .sitemap(let sitemap, let state, let address):
      try await SitemapVisitor(visitor: visitor).visit(sitemap, state, at: address)
    case .home(let state):
      try await sink.take(.skipped(Skip(item: state.url, reason: "a home page in a list")))
    }
  }

  // MARK: Home pages

  /// Visits what a home page leads to: the first that is a list.
  private func visit(home: FetchState, at address: WebAddress) async throws {
    var failure: CrawlFailure?
    for link in try await leads(of: home, at: address) {
      guard let lead = try? WebAddress(link), lead != address else { continue }
      if SubstackArchive.isArchive(lead) {
        guard try await SubstackArchive(site: lead).visit(by: visitor) else { continue }
        return try await visitor.web.remember(home, links: home.links)
      }
      let fetched = try await visitor.fetch(lead)
      if case .failed(let failed) = fetched, failed.status == 0 || failed.status >= 429 { failure = failed.failure }
      guard let found = try await list(in: fetched, at: lead) else { continue }
      try await visit(found)
      return try await visitor.web.remember(home, links: home.links)
    }
    // It may be there next time.
    if let failure { return try await sink.take(.failed(failure)) }
    let reason = home.result ?? Self.advice
    try await sink.take(.skipped(Skip(item: address.redacted, reason: reason)))
    // Its feed may be back: the page is asked for again without conditions.
    var state = home
    (state.entityTag, state.lastModified, state.bodyHash) = (nil, nil, nil)
    try await visitor.web.remember(state, noDocumentBecause: reason)
  }

  private static let advice =
    "the page leads to no feed and no sitemap that can be read; name the articles themselves in `sources`"

  /// Where the home page leads; the map of its site may be elsewhere, if its robots.txt says so.
  private func leads(of home: FetchState, at address: WebAddress) async throws -> [String] {
    guard home.links.count == 1, home.links[0].hasSuffix("/sitemap.xml"),
      !visitor.context.gate.limits.isOwn(address.authority)
    else { return home.links }
    let named = (try? await visitor.context.robots.sitemaps(of: address.text)) ?? []
    return named.filter { (try? WebAddress($0))?.site == address.site } + home.links
  }

  /// The list that an address brought; nil if that is none, of which nobody is told.
  private func list(in fetched: Fetched, at address: WebAddress) async throws -> PageVisitor.Found? {
    switch fetched {
    case .unchanged(let state) where state.use == .feed: return .feed(nil, state, at: address)
    case .unchanged(let state) where state.use == .sitemap: return .sitemap(nil, state, at: address)
    case .page(let response, let state):
      let reader = ResponseReader(
        pages: visitor.pages, response: response, state: state, author: visitor.author, source: visitor.source,
        context: visitor.context, mayLead: false)
      switch try await reader.read() {
      case .feed(let feed): return .feed(feed, state, at: address)
      case .sitemap(let sitemap): return .sitemap(sitemap, state, at: address)
      default: return nil
      }
    default: return nil
    }
  }
}
