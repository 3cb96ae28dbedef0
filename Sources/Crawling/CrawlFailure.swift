/// One item that should have become a document and did not; the rest of its source is not affected.
public struct CrawlFailure: Sendable, Hashable, Codable {
  /// The link or path of the item.
  public var item: String
  /// What went wrong and what to do about it, as one sentence.
  public var message: String
  /// How often it was tried.
  public var attempts: Int

  /// Makes an entry; see the properties.
  public init(item: String, message: String, attempts: Int = 1) {
    self.item = item
    self.message = message
    self.attempts = attempts
  }
}
