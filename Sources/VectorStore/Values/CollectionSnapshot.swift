public import Domain

/// A copy that the server keeps of one collection, as it was at one moment.
public struct CollectionSnapshot: Codable, Hashable, Sendable {
  /// What kind of writing the collection holds.
  public var category: DataCategory
  /// What its documents are.
  public var kind: CollectionKind
  /// What the server calls the collection.
  public var collection: String
  /// What the server calls the snapshot.
  public var name: String
  /// Its size in bytes.
  public var size: Int
  /// When it was made, as the server tells it: a date and time in UTC by RFC 3339, without the offset.
  public var createdAt: String?

  enum CodingKeys: String, CodingKey {
    case category, kind, collection, name, size
    case createdAt = "created_at"
  }
}
