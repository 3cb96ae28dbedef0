/// How much a warehouse holds.
public struct WarehouseStatistics: Codable, Hashable, Sendable {
  /// One entry per collection, in the order users, posts, articles, repositories.
  public var collections: [CollectionStatistics]

  /// Takes the collections.
  public init(collections: [CollectionStatistics]) {
    self.collections = collections
  }

  /// The documents of all collections.
  public var count: Int { collections.reduce(0) { $0 + $1.count } }
}
