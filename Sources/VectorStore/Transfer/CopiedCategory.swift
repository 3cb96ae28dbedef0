public import Domain

/// A category of a vector store that was copied.
public struct CopiedCategory: Codable, Hashable, Sendable {
  /// How many failures are kept one by one; ``failed`` counts them all.
  public static let maximumFailures = 1000

  /// A document that could not be copied.
  public struct Failure: Codable, Hashable, Sendable {
    /// Its identifier.
    public var id: Identifier
    /// Why.
    public var reason: String
  }

  /// Which category.
  public var category: DataCategory
  /// How many documents were new in the target.
  public var inserted = 0
  /// How many replaced another version of themselves, or of their chunks.
  public var updated = 0
  /// How many were there already with all of their chunks.
  public var unchanged = 0
  /// How many were left out because they are incomplete in the source.
  public var incomplete = 0
  /// How many could not be copied because they, or a chunk of theirs, cannot be read.
  public var failed = 0
  /// The first of those.
  public var failures: [Failure] = []
  /// What both sides have of the documents.
  public var documents = CopyVerification()
  /// What both sides have of the chunks of those documents.
  public var chunks = CopyVerification()
  /// The largest difference between a component of a vector and its copy. Zero where floats are stored as they are; a
  /// server that brings vectors to unit length itself may round otherwise.
  public var largestVectorDifference: Float = 0

  init(_ category: DataCategory) { self.category = category }

  enum CodingKeys: String, CodingKey {
    case category, inserted, updated, unchanged, incomplete, failed, failures, documents, chunks
    case largestVectorDifference = "largest_vector_difference"
  }

  mutating func fail(_ id: Identifier, _ reason: String) {
    failed += 1
    if failures.count < Self.maximumFailures { failures.append(Failure(id: id, reason: reason)) }
  }
}
