import Domain

extension Warehouse {
  /// Counts and sizes, by collection, author and platform.
  public func statistics() async throws -> WarehouseStatistics {
    let users = try await size(of: userCollection)
    var collections = [
      CollectionStatistics(name: "users", count: users.count, bytes: users.bytes, authors: [:], platforms: [:])
    ]
    for category in DataCategory.allCases {
      let documents = collection(category)
      let size = try await size(of: documents)
      collections.append(
        CollectionStatistics(
          name: documents.name, count: size.count,
          gone: try await documents.count(!Field.goneSince.isNil), bytes: size.bytes,
          authors: named(try await documents.counts(by: .authorFullName)),
          platforms: named(try await documents.counts(by: .platform))))
    }
    return WarehouseStatistics(collections: collections)
  }

  private func size<D: Document>(of collection: DocumentCollection<D>) async throws -> (count: Int, bytes: Int) {
    try await collection.driver(for: .reading).size(of: collection.name)
  }
}

/// The groups that have a name.
private func named(_ counts: [String?: Int]) -> [String: Int] {
  var named: [String: Int] = [:]
  for case (let name?, let count) in counts where !name.isEmpty { named[name] = count }
  return named
}
