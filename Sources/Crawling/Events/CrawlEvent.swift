public import Domain

/// What a crawler says about one item, as soon as it knows.
public enum CrawlEvent: Sendable {
  /// A document, with a link of its own.
  case document(RawDocument)
  /// A stored document that is as it was.
  case unchanged(link: String)
  /// A stored document that its source no longer has, and how that shows, as a phrase.
  case gone(link: String, why: String)
  /// Something that was left out on purpose.
  case skipped(Skip)
  /// Something that should have become a document and did not.
  case failed(CrawlFailure)
  /// Something about the source that its owner should know, though the crawl goes on, as a sentence without its end.
  case warned(String)
  /// A request that was sent.
  case requested(CrawlRequest)
}
