public import Domain

/// What one source gave.
public struct CrawlOutcome: Sendable, Hashable, Codable {
  /// The documents, each with a link of its own.
  public var documents: [RawDocument]
  /// What was left out on purpose; no cause for concern.
  public var skipped: [Skip]
  /// What should have become a document and did not.
  public var failures: [CrawlFailure]
  /// Whether the source said that nothing changed since the previous crawl; ``documents`` is empty then.
  public var isUnchanged: Bool
  /// Whether ``documents`` is all that the source holds, so that a document of an earlier crawl which is not among
  /// them is gone at the source. Never true when something failed: what failed is not gone.
  public var isExhaustive: Bool

  /// Makes an outcome; a second document with the same link becomes a ``Skip``.
  public init(
    documents: [RawDocument] = [], skipped: [Skip] = [], failures: [CrawlFailure] = [], isExhaustive: Bool = false
  ) {
    var links: Set<String> = []
    self.documents = []
    self.skipped = skipped
    for document in documents {
      if links.insert(document.link).inserted {
        self.documents.append(document)
      } else {
        self.skipped.append(
          Skip(item: document.path ?? document.link, reason: "another item of this source has the same link"))
      }
    }
    self.failures = failures
    isUnchanged = false
    self.isExhaustive = isExhaustive && failures.isEmpty
  }

  /// The outcome of a source that has not changed since the previous crawl.
  public static var unchanged: CrawlOutcome {
    var outcome = CrawlOutcome()
    outcome.isUnchanged = true
    return outcome
  }
}
