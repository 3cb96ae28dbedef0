/// One request of a crawler and its answer, for the tally of a host.
public struct CrawlRequest: Sendable, Hashable {
  /// The host that was asked.
  public var host: String
  /// The status of the answer; 0 if there was none.
  public var status: Int
  /// The decoded bytes of its body.
  public var bytes: Int

  /// Makes an entry; see the properties.
  public init(host: String, status: Int, bytes: Int) {
    self.host = host
    self.status = status
    self.bytes = bytes
  }
}
