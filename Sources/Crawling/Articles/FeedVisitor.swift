import Domain

/// Visits the articles that a feed announces, one after the other.
///
/// A feed shows only its newest articles, so what is not in it is not gone.
struct FeedVisitor: Sendable {
  let visitor: PageVisitor

  private var sink: any CrawlSink { visitor.sink }

  /// Visits the entries of a feed; of one that has not changed, the addresses that it announced.
  ///
  /// - Throws: `CancellationError`, or what memory and sink throw.
  func visit(_ feed: PageVisitor.FoundFeed) async throws {
    switch feed {
    case .unchanged(let state):
      for link in state.links {
        if let address = try? WebAddress(link) { try await visit(address, entry: nil) }
      }
    case .new(let feed, var state, let feedAddress):
      state.use = .feed
      var addresses: [WebAddress] = []
      for entry in feed.entries {
        guard let address = try? WebAddress(entry.link), address != feedAddress, !address.isLinkedIn else {
          let reason = "its link is missing, or is none that is crawled"
          try await sink.take(.skipped(Skip(item: entry.title ?? "an entry", reason: reason)))
          continue
        }
        addresses.append(address)
        try await visit(address, entry: entry)
      }
      if addresses.contains(where: { $0.redacted != $0.text }) {
        // Secrets are not kept, and without them the articles could not be asked for: the feed is read again.
        (state.entityTag, state.lastModified, state.bodyHash) = (nil, nil, nil)
      }
      try await visitor.web.remember(state, links: addresses.map(\.redacted))
    }
  }

  private func visit(_ address: WebAddress, entry: Feed.Entry?) async throws {
    let fetched = try await visitor.fetch(address)
    if case .failed(let failure) = fetched, [401, 403].contains(failure.status),
      try await takeFromFeed(address, entry, failure)
    {
      return
    }
    switch try await visitor.report(fetched, at: address) {
    case .new(_, let state, _):
      try await visitor.web.remember(state, noDocumentBecause: Self.nested)
      try await sink.take(.skipped(Skip(item: address.redacted, reason: Self.nested)))
    case .unchanged: try await sink.take(.skipped(Skip(item: address.redacted, reason: Self.nested)))
    case nil: break
    }
  }

  private static let nested = "a feed in a feed"

  /// Takes the article from the feed: some sites refuse their pages to programs, and give the whole article there.
  ///
  /// - Returns: whether the feed has it, or had it when it was as it is.
  private func takeFromFeed(_ address: WebAddress, _ entry: Feed.Entry?, _ failure: FetchFailure) async throws -> Bool {
    if let entry, let document = document(of: entry, at: address) {
      try await sink.take(.document(document))
      let state = FetchState(
        url: address.redacted, status: failure.status, fetchedAt: visitor.context.date, digest: visitor.web.digest)
      try await visitor.web.remember(state, links: [document.link])
      return true
    }
    guard entry == nil, let known = failure.previous, known.failures == 0, known.status == failure.status else {
      return false
    }
    for link in known.links { try await sink.take(.unchanged(link: link)) }
    try await visitor.web.remember(known, links: known.links)
    return !known.links.isEmpty
  }

  private func document(of entry: Feed.Entry, at address: WebAddress) -> RawDocument? {
    guard let html = entry.html else { return nil }
    let page = Array("<!doctype html><html><body><article>\(html)</article></body></html>".utf8)
    guard let article = try? visitor.pages.read(page, "text/html; charset=utf-8", address.redacted),
      article.problem == nil
    else { return nil }
    let record = CrawlRecord(
      source: visitor.source.redactedLocation, requestedURL: address.redacted, url: address.redacted,
      fetchedAt: visitor.context.date, bodyHash: ContentHash(of: html), producer: Producer.feed)
    var document = article.document(
      link: canonicalLink(of: address), platform: address.platform, author: visitor.author, crawl: record)
    document.title = entry.title ?? document.title
    document.publishedAt = entry.date ?? document.publishedAt
    return document
  }
}
