/// What the crawl of one source came to.
public struct CrawledSource: Sendable, Hashable, Codable {
  /// The source, without credentials.
  public var source: String
  /// Its host, or `local` for a path.
  public var domain: String
  /// New documents.
  public var inserted = 0
  /// Documents whose content changed, or that are back.
  public var updated = 0
  /// Documents that are as they were.
  public var unchanged = 0
  /// Documents that are gone at the source and were marked so.
  public var gone = 0
  /// Items left out on purpose, such as binary files, by reason.
  public var skipped: [String: Int] = [:]
  /// Items that failed; each is in quarantine.
  public var failed = 0
  /// The languages of the documents that are new or changed.
  public var languages = LanguageTally()
  /// What was asked of hosts and what came of it, by name; `local` is for paths.
  public var hosts: [String: HostTally] = [:]

  /// Documents that are in the warehouse after the crawl.
  public var stored: Int { inserted + updated + unchanged }
}
