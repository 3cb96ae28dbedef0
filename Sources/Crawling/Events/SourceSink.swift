import Domain

/// What the ``Dispatcher`` adds to the events of a source: its tags and category, and that no link comes twice.
actor SourceSink: CrawlSink {
  private let source: CrawlSource
  private let target: any CrawlSink
  private var links: Set<String> = []
  /// Whether an item failed: then nobody knows what of the source is gone.
  private(set) var hasFailed = false

  init(_ source: CrawlSource, into target: any CrawlSink) {
    self.source = source
    self.target = target
  }

  func take(_ event: CrawlEvent) async throws {
    switch event {
    case .document(var document):
      guard links.insert(document.link).inserted else {
        return try await target.take(.skipped(.secondOfLink(document)))
      }
      document.tags += source.tags.filter { !document.tags.contains($0) }
      if let category = source.category { document.category = category }
      try await target.take(.document(document))
    case .failed:
      hasFailed = true
      try await target.take(event)
    default: try await target.take(event)
    }
  }
}
