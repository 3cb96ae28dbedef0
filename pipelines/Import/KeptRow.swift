public import Foundation

/// A row of a file that could not be imported, kept beside its entry of the quarantine so that it is not lost with the
/// file.
public struct KeptRow: Codable, Hashable, Sendable {
  /// What the entry of the quarantine calls it.
  public var item: String
  /// Where it goes.
  public var collection: String
  /// Where it is, and what was wrong with it.
  public var failure: ImportFailure
  /// The SHA-256 of its bytes; nil if they are not known.
  public var hash: ContentHash?
  /// Its bytes, up to ``ImportFailure/maximumContentBytes``; nil for a longer one.
  public var content: Data?

  init(_ failure: ImportFailure, collection: String, content: [UInt8]?) {
    item = failure.place
    self.collection = collection
    self.failure = failure
    hash = content.map { ContentHash(of: $0) }
    self.content = content.flatMap { $0.count <= ImportFailure.maximumContentBytes ? Data($0) : nil }
  }
}
