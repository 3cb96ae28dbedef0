import Domain

/// The warehouse in a MongoDB database.
struct MongoDriver: WarehouseDriver {
  let pool: MongoClientPool

  func batch<D: Document, Value: Decodable & Sendable>(
    _ query: Query<D>, as type: Value.Type, fields: [String]?
  ) async throws -> DocumentBatch<Value> {
    var filter = query.filter.condition.bson
    if let after = query.after {
      filter = ["$and": [.document(filter), ["_id": ["$gt": .string(after)]]]]
    }
    var options: BSONDocument = ["sort": ["_id": 1], "limit": .int64(Int64(query.limit))]
    if let fields {
      options["projection"] = .document(BSONDocument(fields.map { .init(key: $0, value: 1) }))
    }
    let collection = query.collection
    return try await pool.withClient("reading \(collection)") { [filter, options] client in
      let (found, isCut) = try client.findSome(
        filter, in: collection, options: options, maximumBytes: query.maximumBytes)
      var batch = DocumentBatch<Value>()
      if isCut || found.count == query.limit, case .string(let last) = found.last?["_id"] { batch.last = last }
      for document in found {
        batch.add(StoredBSON<D>(document: document, collection: collection).decoded(as: Value.self))
      }
      return batch
    }
  }

  func count<D: Document>(_ filter: Filter<D>, in collection: String) async throws -> Int {
    let stages: [BSONValue] = [
      ["$match": .document(filter.condition.bson)], ["$group": ["_id": .null, "count": ["$sum": 1]]],
    ]
    return try await pool.withClient("counting \(collection)") { client in
      let groups = try client.aggregate(stages, in: collection)
      return try groups.first.map { try BSONDecoder.decode(Group.self, from: $0).count } ?? 0
    }
  }

  func findOrInsert<D: Document>(_ document: D, matching filter: Filter<D>, in collection: String) async throws -> D {
    let encoded = try encode(document, collection: collection)
    let condition = filter.condition.bson
    return try await pool.withClient("storing \(document.label) in \(collection)") { client in
      let stored = try client.find(condition, in: collection, options: ["sort": ["_id": 1]])
        .compactMap { try? StoredBSON<D>(document: $0, collection: collection).decodedOrThrow() }
      if let found = preferred(among: stored, over: document) { return found }
      let found: BSONDocument?
      do {
        found = try client.findOrInsert(condition, inserting: encoded, in: collection)
      } catch let failure as MongoFailure where failure.isDuplicateKey {
        // Somebody stored it in between, or it is stored under the identifier with other fields.
        found = try client.find(["_id": .string(document.id.uuidString)], in: collection).first
      }
      guard let found else {
        throw WarehouseError.conflict(
          collection: collection, document: document.label, reason: "it was deleted while it was being stored")
      }
      return try StoredBSON<D>(document: found, collection: collection).decodedOrThrow()
    }
  }

  func delete<D: Document>(_ filter: Filter<D>, in collection: String) async throws -> Int {
    let condition = filter.condition.bson
    return try await pool.withClient("deleting from \(collection)") { try $0.deleteMany(condition, in: collection) }
  }

  func statistics(of collection: String) async throws -> CollectionStatistics {
    let stages: [BSONValue] = [
      ["$group": ["_id": ["author": "$author_full_name", "platform": "$platform"], "count": ["$sum": 1]]]
    ]
    return try await pool.withClient("measuring \(collection)") { client in
      let groups = try client.aggregate(stages, in: collection).map {
        try BSONDecoder.decode(AuthorGroup.self, from: $0)
      }
      let size = try client.read(["collStats": .string(collection)])
      var statistics = CollectionStatistics(name: collection, count: 0, bytes: 0, authors: [:], platforms: [:])
      statistics.bytes = try BSONDecoder.decode(Size.self, from: size).size ?? 0
      for group in groups {
        statistics.count += group.count
        if let author = group.key.author, !author.isEmpty { statistics.authors[author, default: 0] += group.count }
        if let name = group.key.platform, !name.isEmpty { statistics.platforms[name, default: 0] += group.count }
      }
      return statistics
    }
  }

  func information() async throws -> WarehouseInformation {
    let location = pool.location
    return try await pool.withClient("asking for its version") { client in
      let reply = try client.read(["buildInfo": 1])
      let version = try BSONDecoder.decode(BuildInformation.self, from: reply).version
      return WarehouseInformation(kind: "MongoDB", version: version, location: location)
    }
  }
}

/// Encodes a document and makes sure that a server takes it.
///
/// - Throws: ``WarehouseError/unencodable(collection:document:reason:)`` or
///   ``WarehouseError/documentTooLarge(collection:document:bytes:)``.
func encode<D: Document>(_ document: D, collection: String) throws -> BSONDocument {
  let encoded: BSONDocument
  let bytes: Int
  do {
    encoded = try BSONEncoder.document(of: document)
    bytes = try encoded.encodedSize()
  } catch {
    throw WarehouseError.unencodable(
      collection: collection, document: document.label, reason: readableReason(of: error))
  }
  guard bytes <= Warehouse.maximumDocumentBytes else {
    throw WarehouseError.documentTooLarge(collection: collection, document: document.label, bytes: bytes)
  }
  return encoded
}

private struct Group: Decodable {
  let count: Int
}

private struct AuthorGroup: Decodable {
  struct Key: Decodable {
    let author: String?
    let platform: String?
  }

  let key: Key
  let count: Int

  enum CodingKeys: String, CodingKey {
    case key = "_id"
    case count
  }
}

private struct Size: Decodable {
  let size: Int?
}

private struct BuildInformation: Decodable {
  let version: String
}
