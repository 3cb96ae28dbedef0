import Domain

/// Fetches the articles that a feed announces, one after the other.
struct FeedReader: Sendable {
  let fetcher: PageFetcher

  /// Fetches the entries. A feed shows only its newest articles, so what is not in it is not gone.
  ///
  /// - Throws: `CancellationError`.
  func outcome(of feed: Feed, at feedAddress: WebAddress) async throws -> CrawlOutcome {
    var documents: [RawDocument] = []
    var skipped: [Skip] = []
    var failures: [CrawlFailure] = []
    var unchanged = 0
    for entry in feed.entries {
      guard let address = try? WebAddress(entry.link), address != feedAddress, !address.isLinkedIn else {
        skipped.append(Skip(item: entry.title ?? "an entry", reason: "its link is missing, or is none that is crawled"))
        continue
      }
      switch try await fetcher.fetch(address, previousKey: canonicalLink(of: address)) {
      case .document(let document): documents.append(document)
      case .unchanged: unchanged += 1
      case .feed: skipped.append(Skip(item: address.redacted, reason: "a feed in a feed"))
      case .failure(let failure, let isRefused):
        // Some sites refuse their pages to programs, and give the whole article in the feed.
        if isRefused, let document = document(of: entry, at: address) {
          documents.append(document)
        } else {
          failures.append(failure)
        }
      }
    }
    if documents.isEmpty, failures.isEmpty, unchanged > 0 { return .unchanged }
    return CrawlOutcome(documents: documents, skipped: skipped, failures: failures)
  }

  private func document(of entry: Feed.Entry, at address: WebAddress) -> RawDocument? {
    guard let html = entry.html else { return nil }
    let page = Array("<!doctype html><html><body><article>\(html)</article></body></html>".utf8)
    guard let article = try? fetcher.pages.read(page, "text/html; charset=utf-8", address.redacted),
      article.problem == nil
    else { return nil }
    let record = CrawlRecord(
      source: fetcher.source.redactedLocation, url: address.redacted, fetchedAt: fetcher.context.date)
    var document = article.document(
      link: canonicalLink(of: address), platform: address.platform, author: fetcher.author, crawl: record)
    document.title = entry.title ?? document.title
    document.publishedAt = entry.date ?? document.publishedAt
    return document
  }
}
