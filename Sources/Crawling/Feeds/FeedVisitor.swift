import Domain

/// Visits the articles that a feed announces.
///
/// A feed shows only its newest articles, so what is not in it is not gone.
struct FeedVisitor: Sendable {
  let visitor: PageVisitor

  private var sink: any CrawlSink { visitor.sink }

  /// Visits the entries of a feed; of one that has not changed (nil), the addresses that it announced.
  ///
  /// - Parameter address: where the feed is; nil for a file.
  /// - Throws: `CancellationError`, or what memory and sink throw.
  func visit(_ feed: Feed?, _ state: FetchState, at address: WebAddress?) async throws {
    guard let feed else {
      let addresses = state.links.compactMap { try? WebAddress($0) }
      _ = try await EntryVisitor(visitor: visitor).visit(addresses.map { EntryVisitor.Target(address: $0) })
      return
    }
    let targets = try await targets(of: feed, at: address)
    let isSettled = try await EntryVisitor(visitor: visitor).visit(targets)
    var state = state
    state.use = .feed
    if !isSettled || targets.contains(where: { $0.address.redacted != $0.address.text }) {
      // What failed may be had from the feed next time. And secrets are not kept, without which articles could not be
      // asked for. So the feed is read again.
      (state.entityTag, state.lastModified, state.bodyHash) = (nil, nil, nil)
    }
    try await visitor.web.remember(state, links: targets.map(\.address.redacted))
  }

  /// The entries that are wanted and can be visited; the sink is told of the others.
  func targets(of feed: Feed, at feedAddress: WebAddress?) async throws -> [EntryVisitor.Target] {
    var targets: [EntryVisitor.Target] = []
    for entry in feed.entries {
      guard let address = try? WebAddress(Self.withoutOrigin(entry.link)), address != feedAddress, !address.isLinkedIn
      else {
        try await skip(entry.title ?? "an entry", "its link is missing, or is none that is crawled")
        continue
      }
      guard visitor.options.isWanted(address) else {
        try await skip(address.redacted, "left out by `include` and `exclude`")
        continue
      }
      guard visitor.options.onlyAuthor.map(entry.isBy) ?? true else {
        try await skip(address.redacted, "by another author")
        continue
      }
      targets.append(EntryVisitor.Target(address: address, entry: entry))
    }
    if feed.left > 0 {
      let limit = visitor.context.limits.feed.entries
      try await sink.take(
        .skipped(
          Skip(item: feedAddress?.redacted ?? "the feed", reason: "more than \(limit) articles", count: feed.left)))
    }
    return targets
  }

  private func skip(_ item: String, _ reason: String) async throws {
    try await sink.take(.skipped(Skip(item: item, reason: reason)))
  }

  /// The link without the parameter by which Medium, on domains of its users too, says that it was in a feed.
  private static func withoutOrigin(_ link: String) -> String {
    guard let found = link.firstRange(of: "?source=rss-") else { return link }
    return String(link[..<found.lowerBound])
  }
}
