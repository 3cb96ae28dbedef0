/// What an etl run came to, over all sources.
public struct CrawlSummary: Sendable, Hashable, Codable {
  /// New documents.
  public var inserted = 0
  /// Documents whose content changed.
  public var updated = 0
  /// Documents that are as they were.
  public var unchanged = 0
  /// Documents that are gone at their source and were deleted.
  public var deleted = 0
  /// Items left out on purpose, by reason.
  public var skipped: [String: Int] = [:]
  /// Items that failed.
  public var failed = 0
  /// Sources by host (`local` for paths): how many gave something, of how many.
  public var domains: [String: DomainTally] = [:]

  /// The sources of one host.
  public struct DomainTally: Sendable, Hashable, Codable {
    /// Sources of which nothing failed.
    public var successful = 0
    /// All sources.
    public var total = 0
  }

  init(_ sources: [CrawledSource], jobs: [CrawlJob]) {
    for source in sources {
      inserted += source.inserted
      updated += source.updated
      unchanged += source.unchanged
      deleted += source.deleted
      skipped.merge(source.skipped) { $0 + $1 }
      failed += source.failed
      if source.failed == 0 { domains[source.domain, default: DomainTally()].successful += 1 }
    }
    for job in jobs { domains[domain(of: job.source.location), default: DomainTally()].total += 1 }
    failed += jobs.count - sources.count
  }
}

/// The host of a web link in lower case, or `local` for a path.
func domain(of location: String) -> String {
  guard let scheme = location.firstRange(of: "://"), !location.hasPrefix("file:") else { return "local" }
  let authority = location[scheme.upperBound...].prefix { !"/?#".contains($0) }
  let host = authority.split(separator: "@").last.map(String.init) ?? ""
  return host.prefix { $0 != ":" }.lowercased()
}
