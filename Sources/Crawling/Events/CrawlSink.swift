/// Who takes what a crawler finds, item by item, so that nothing of a source need be in memory as a whole and a crawl
/// that ends early has handed over what it had.
public protocol CrawlSink: Sendable {
  /// Takes an event. What a crawler remembers (``CrawlMemory``) of documents comes after their events.
  ///
  /// - Throws: what keeps the event from being taken, which ends the crawl of the source.
  func take(_ event: CrawlEvent) async throws
}
