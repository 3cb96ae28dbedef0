public import Foundation

/// One item that should have become a document and did not; the rest of its source is not affected.
public struct CrawlFailure: Sendable, Hashable, Codable {
  /// The link or path of the item.
  public var item: String
  /// What went wrong and what to do about it, as one sentence.
  public var message: String
  /// How often it was tried in this crawl; 0 for an item whose next try is not due, of which ``message`` says what went
  /// wrong the last time.
  public var attempts: Int
  /// Before when no crawl tries it again; nil for the next one.
  public var nextTry: Date?

  /// Makes an entry; see the properties.
  public init(item: String, message: String, attempts: Int = 1, nextTry: Date? = nil) {
    self.item = item
    self.message = message
    self.attempts = attempts
    self.nextTry = nextTry
  }
}
