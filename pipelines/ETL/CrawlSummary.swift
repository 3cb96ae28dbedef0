/// What an etl run came to, over all sources.
public struct CrawlSummary: Sendable, Hashable, Codable {
  /// New documents.
  public var inserted = 0
  /// Documents whose content changed.
  public var updated = 0
  /// Documents that are as they were.
  public var unchanged = 0
  /// Documents that are gone at their source and were marked so.
  public var gone = 0
  /// Items left out on purpose, by reason.
  public var skipped: [String: Int] = [:]
  /// Items that failed.
  public var failed = 0
  /// The languages of the documents that are new or changed.
  public var languages = LanguageTally()
  /// Sources by host (`local` for paths): how many gave something, of how many.
  public var domains: [String: DomainTally] = [:]
  /// What was asked of hosts and what came of it, by name; `local` is for paths.
  public var hosts: [String: HostTally] = [:]

  /// The sources of one host.
  public struct DomainTally: Sendable, Hashable, Codable {
    /// Sources of which nothing failed.
    public var successful = 0
    /// All sources.
    public var total = 0
  }

  /// - Parameter sources: what became of each; one that failed is named like its job.
  init(_ sources: Results<CrawledSource>) {
    for source in sources {
      switch source {
      case .value(let source): add(source)
      case .failed(let failure):
        failed += 1
        domains[domain(of: failure.item ?? ""), default: DomainTally()].total += 1
        hosts[host(of: failure.item ?? ""), default: HostTally()].items.failed += 1
      }
    }
  }

  private mutating func add(_ source: CrawledSource) {
    inserted += source.inserted
    updated += source.updated
    unchanged += source.unchanged
    gone += source.gone
    for (host, tally) in source.hosts { hosts[host, default: HostTally()].add(tally) }
    languages.add(source.languages)
    skipped.merge(source.skipped) { $0 + $1 }
    failed += source.failed
    domains[source.domain, default: DomainTally()].total += 1
    if source.failed == 0 { domains[source.domain, default: DomainTally()].successful += 1 }
  }
}

/// The host of a web link in lower case, or `local` for a path.
func domain(of location: String) -> String {
  let host = host(of: location)
  return host.hasPrefix("[") ? host : String(host.prefix { $0 != ":" })
}

/// The host of a web link in lower case, with its port if it names one, or `local` for a path.
func host(of location: String) -> String {
  if location.hasPrefix("arxiv:") { return "export.arxiv.org" }
  if location.hasPrefix("hf:") { return "huggingface.co" }
  guard let scheme = location.firstRange(of: "://"), !location.hasPrefix("file:") else { return "local" }
  let authority = location[scheme.upperBound...].prefix { !"/?#".contains($0) }
  return (authority.split(separator: "@").last.map(String.init) ?? "").lowercased()
}
