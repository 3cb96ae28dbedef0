public import Domain

/// What one source gave, collected.
public struct CrawlOutcome: Sendable, Hashable, Codable {
  /// The documents, each with a link of its own.
  public var documents: [RawDocument]
  /// The links of stored documents that are as they were.
  public var unchanged: [String]
  /// The links of stored documents that the source no longer has.
  public var gone: [String]
  /// What was left out on purpose; no cause for concern.
  public var skipped: [Skip]
  /// What should have become a document and did not.
  public var failures: [CrawlFailure]
  /// What the source's owner should know, though nothing failed.
  public var warnings: [String]
  /// Whether the source said that nothing changed since the previous crawl; ``documents`` is empty then.
  public var isUnchanged: Bool
  /// Whether ``documents`` and ``unchanged`` are all that the source holds, so that a document of an earlier crawl which
  /// is not among them is gone at the source. Never true when something failed: what failed is not gone.
  public var isExhaustive: Bool

  /// Takes what happened in a crawl, in order; a second document with the same link becomes a ``Skip``.
  public init(_ events: [CrawlEvent] = [], coverage: Coverage = .partial) {
    (documents, unchanged, gone, skipped, failures, warnings) = ([], [], [], [], [], [])
    var links: Set<String> = []
    for event in events {
      switch event {
      case .document(let document) where links.insert(document.link).inserted: documents.append(document)
      case .document(let document): skipped.append(.secondOfLink(document))
      case .unchanged(let link): unchanged.append(link)
      case .gone(let link, _): gone.append(link)
      case .skipped(let skip): skipped.append(skip)
      case .failed(let failure): failures.append(failure)
      case .warned(let message): warnings.append(message)
      case .requested: break
      }
    }
    isUnchanged = coverage == .unchanged
    isExhaustive = coverage == .complete && failures.isEmpty
  }

  /// The outcome of a source that has not changed since the previous crawl.
  public static var unchanged: CrawlOutcome { CrawlOutcome(coverage: .unchanged) }
}

/// Keeps what happens in a crawl.
actor CollectingSink: CrawlSink {
  private(set) var events: [CrawlEvent] = []

  func take(_ event: CrawlEvent) { events.append(event) }
}

extension Skip {
  /// A document whose link another one of its source has.
  static func secondOfLink(_ document: RawDocument) -> Skip {
    Skip(item: document.path ?? document.link, reason: "another item of this source has the same link")
  }
}
