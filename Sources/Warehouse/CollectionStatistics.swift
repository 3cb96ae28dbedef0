/// How much a collection holds.
public struct CollectionStatistics: Codable, Hashable, Sendable {
  /// The collection's name.
  public var name: String
  /// How many documents.
  public var count: Int
  /// How many of them are gone at their source.
  public var gone: Int
  /// The bytes of all documents as they are encoded in the store, without indexes.
  public var bytes: Int
  /// How many documents each author has, by full name; empty for users.
  public var authors: [String: Int]
  /// How many documents each platform has; empty for users.
  public var platforms: [String: Int]

  /// Takes the figures; see the properties.
  public init(
    name: String, count: Int, gone: Int = 0, bytes: Int, authors: [String: Int], platforms: [String: Int]
  ) {
    self.name = name
    self.count = count
    self.gone = gone
    self.bytes = bytes
    self.authors = authors
    self.platforms = platforms
  }
}
