import Domain
import Foundation

/// A stored chunk, the document that it says it belongs to, and the chunk that says the same.
struct ChunkReference: Sendable, Identifiable {
  var id: Identifier
  var documentID: Identifier
  /// Whether it says the same as another one; nil while that is not known.
  var link: DuplicateLink?
  /// When its document was published, if known.
  var publishedAt: Date?

  /// The document of a chunk that does not say whose it is: one that is never stored.
  static let nobody = Identifier(existing: "")
}
