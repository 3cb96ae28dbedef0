/// What was asked of one host, and what came of it.
public struct HostTally: Sendable, Hashable, Codable {
  /// The requests that were sent, those of redirects and further attempts included.
  public var requests = 0
  /// Those that were answered with a page, or whatever else was asked for.
  public var answered = 0
  /// Those to which the host said that nothing has changed.
  public var unchanged = 0
  /// Those that were refused, or not answered.
  public var failed = 0
  /// The decoded bytes of all answers.
  public var bytes = 0
  /// What became of the documents and other items that were found there, or should have been.
  public var items = ItemTally()

  mutating func add(_ request: CrawlRequest) {
    requests += 1
    bytes += request.bytes
    switch request.status {
    case 304: unchanged += 1
    case 200..<300: answered += 1
    case 300..<400: break
    default: failed += 1
    }
  }

  mutating func add(_ other: HostTally) {
    requests += other.requests
    answered += other.answered
    unchanged += other.unchanged
    failed += other.failed
    bytes += other.bytes
    items.add(other.items)
  }
}
