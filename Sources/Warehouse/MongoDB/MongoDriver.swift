import BSON

/// The warehouse in a MongoDB database.
///
/// What the user says in the URL about reading (`readPreference`, `readConcernLevel`) holds for cursors, counts and
/// groups. What a write is decided on is read from the primary.
struct MongoDriver: WarehouseDriver {
  let pool: MongoClientPool
  /// Whether the server must be told that it may sort and group on disk. Later ones do so by themselves, and those of
  /// Atlas's small tiers do not want to be told.
  let allowsDiskUse: Bool

  /// Parses the URL and makes sure that a server answers that is new enough.
  static func open(_ url: String, options: WarehouseOptions) async throws -> MongoDriver {
    let opening = BlockingExecutor(label: "twin.warehouse.open", threads: 1)
    let pool = try await opening.run { try MongoClientPool(url: url, options: options) }
    let version = try await pool.withClient("connecting") { try $0.limits().wireVersion }
    guard version >= ServerLimits.leastWireVersion else {
      throw WarehouseError.serverTooOld(
        location: pool.address.location,
        reason: "it speaks version \(version) of its protocol instead of \(ServerLimits.leastWireVersion)")
    }
    return MongoDriver(pool: pool, allowsDiskUse: version < ServerLimits.wireVersionThatSpills)
  }

  func collectionNames() async throws -> [String] {
    try await pool.withClient("listing the collections") { try $0.collectionNames().sorted() }
  }

  func cursor(_ query: Query) -> any DocumentCursor {
    MongoCursor(query, pool: pool, allowsDiskUse: allowsDiskUse)
  }

  func count(_ condition: FilterCondition, in collection: String) async throws -> Int {
    let stages: [BSONValue] = [
      ["$match": .document(condition.bson)], ["$group": ["_id": .null, "count": ["$sum": 1]]],
    ]
    return try await pool.withClient("counting \(collection)", isLong: true) { client in
      try client.aggregate(stages, in: collection, allowsDiskUse: allowsDiskUse).first?["count"]?.integer ?? 0
    }
  }

  func groupCounts(
    by field: FieldPath, where condition: FilterCondition, in collection: String
  ) async throws -> [(value: BSONValue, count: Int)] {
    let path = BSONValue.string("$" + field.path)
    let isOfKind: BSONValue = ["$in": [["$type": path], .array(field.kind.bsonTypes.map { .string($0) })]]
    let stages: [BSONValue] = [
      ["$match": .document(condition.bson)],
      ["$group": ["_id": ["$cond": [isOfKind, path, .null]], "count": ["$sum": 1]]],
    ]
    return try await pool.withClient("counting \(collection)", isLong: true) { client in
      var withoutValue = 0
      var groups: [(value: BSONValue, count: Int)] = []
      for group in try client.aggregate(stages, in: collection, allowsDiskUse: allowsDiskUse) {
        let count = group["count"]?.integer ?? 0
        switch group["_id"] {
        case nil, .null: withoutValue += count
        // To `$type`, all binary data is of one type.
        case .binary(let binary) where binary.subtype != BSONBinary.uuidSubtype: withoutValue += count
        case let value?: groups.append((value, count))
        }
      }
      if withoutValue > 0 { groups.append((.null, withoutValue)) }
      return groups
    }
  }

  func size(of collection: String) async throws -> (count: Int, bytes: Int) {
    let count = try await count(.all([]), in: collection)
    // A collection that does not exist has no statistics; a sharded one has them once for each shard.
    guard count > 0 else { return (0, 0) }
    return try await pool.withClient("measuring \(collection)") { client in
      let shards = try client.aggregate([["$collStats": ["storageStats": [:]]]], in: collection, allowsDiskUse: false)
      let sizes = shards.map { shard -> Int in
        guard case .document(let statistics) = shard["storageStats"] else { return 0 }
        return statistics["size"]?.integer ?? 0
      }
      return (count, sizes.reduce(0, +))
    }
  }

  func information() async throws -> WarehouseInformation {
    let location = pool.address.location
    return try await pool.withClient("asking for its version") { client in
      let version = try client.read(["buildInfo": 1])["version"]
      guard case .string(let version) = version else {
        throw MongoFailure(domain: 0, code: 0, message: "it does not say its version")
      }
      return WarehouseInformation(kind: "MongoDB", version: version, location: location)
    }
  }
}
