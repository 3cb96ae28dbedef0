/// A `RobotsRecord` as the warehouse keeps it, of one host for all sources and authors.
struct StoredRobots: Document, Equatable {
  static let collection = "robots"

  var id: Identifier
  /// The host's scheme, name and port.
  var origin: String
  var record: RobotsRecord

  init(_ record: RobotsRecord, of origin: String) {
    id = Self.id(of: origin)
    self.origin = origin
    self.record = record
  }

  static func id(of origin: String) -> Identifier { Identifier("robots", [origin]) }

  enum CodingKeys: String, CodingKey {
    case id = "_id"
    case origin, record
  }
}

/// The rules of hosts, in a warehouse.
struct WarehouseRobots: RobotsMemory {
  let warehouse: Warehouse

  func robots(of origin: String) async throws -> RobotsRecord? {
    try await warehouse.collection(StoredRobots.self).document(StoredRobots.id(of: origin))?.record
  }

  func remember(_ record: RobotsRecord, of origin: String) async throws {
    _ = try await warehouse.collection(StoredRobots.self).save(StoredRobots(record, of: origin))
  }
}
