import BSON
import Domain

extension MongoDriver {
  /// How often indexes are asked for while the connection breaks or another process makes some.
  private static var maximumIndexAttempts: Int { 5 }

  func prepare(_ collection: CollectionDescription, for use: CollectionUse) async throws {
    try await pool.withClient("preparing \(collection.name)") { client in
      if use == .writing { try makeIndexes(of: collection, client) }
      try requireStringIdentifiers(in: collection.name, client)
    }
  }

  /// Asks for all indexes at once, which does nothing when they are there, and for one after the other when the server
  /// does not want one of them.
  private func makeIndexes(of collection: CollectionDescription, _ client: MongoClient) throws {
    guard !collection.indexes.isEmpty else { return try make(collection.name, client) }
    do {
      try createIndexes(collection.indexes.map(\.bson), in: collection.name, client)
    } catch let failure as MongoFailure where failure.kind == .indexConflict {
      for index in collection.indexes { try makeIndex(index, in: collection.name, client) }
    }
  }

  private func make(_ collection: String, _ client: MongoClient) throws {
    do {
      try client.write(["create": .string(collection)])
    } catch let failure as MongoFailure where failure.code == MongoFailure.namespaceExists {
      return
    }
  }

  private func makeIndex(
    _ index: CollectionDescription.IndexDescription, in collection: String, _ client: MongoClient
  ) throws {
    do {
      try createIndexes([index.bson], in: collection, client)
    } catch let failure as MongoFailure where failure.kind == .indexConflict {
      let known = try client.indexes(of: collection)
      // An index of somebody else's that finds the same documents is as good as ours.
      if !index.isUnique, known.contains(where: index.isServed) { return }
      let other = known.first { $0["name"] == .string(index.name) } ?? known.first { $0["key"] == index.bson["key"] }
      guard case .string(let name) = other?["name"] else { throw failure }
      throw WarehouseError.indexConflict(
        location: pool.address.location, collection: collection, index: name,
        reason: pool.address.redacted(failure.message))
    }
  }

  /// Makes indexes and waits until they are there.
  ///
  /// Mostly they are, and the answer comes at once. One that does not come in time means that the server is still at
  /// work: who asks again for an index that is being made waits for that one, and so this is done with patience. The
  /// same holds when the connection breaks or another primary goes on with it.
  private func createIndexes(_ indexes: [BSONDocument], in collection: String, _ client: MongoClient) throws {
    let command: BSONDocument = [
      "createIndexes": .string(collection), "indexes": .array(indexes.map { .document($0) }),
    ]
    let deadline = ContinuousClock.now + pool.longCommandTimeout
    for attempt in 1... {
      do {
        if attempt == 1 { try client.write(command) } else { try pool.patiently { _ = try $0.write(command) } }
        return
      } catch let failure as MongoFailure where failure.kind == .duplicateKey {
        throw WarehouseError.duplicates(
          location: pool.address.location, collection: collection, reason: pool.address.redacted(failure.message))
      } catch let failure as MongoFailure
        where failure.isTransient && attempt < Self.maximumIndexAttempts && ContinuousClock.now < deadline
      {
        continue
      }
    }
  }

  /// Documents are read in the order of their identifiers, and go on behind the last one, which only works among those
  /// of one type: an `_id` that is no string would be passed over in silence. The server orders types, so that the
  /// first and the last one tell.
  private func requireStringIdentifiers(in collection: String, _ client: MongoClient) throws {
    for order in [1, -1] as [BSONValue] {
      let found = try client.first([:], in: collection, sort: ["_id": order], options: ["projection": ["_id": 1]])
      guard let found, let id = value(of: .id, in: found) else { return }
      if case .string = id { continue }
      let text = (try? BSONDecoder().decode(String.self, from: id)) ?? "of its own"
      throw WarehouseError.unreadable(
        UnreadableDocument(
          collection: collection, id: Identifier(existing: text),
          reason:
            "its _id is of type \(id.typeName) instead of a string. Write the collection out with mongoexport and "
            + "import the file into another database"))
    }
  }
}

extension MongoFailure {
  /// The server's code for a collection that exists.
  fileprivate static let namespaceExists: UInt32 = 48
}

extension CollectionDescription.IndexDescription {
  /// `twin_`, the fields, and which of them are descending.
  fileprivate var name: String {
    "twin_" + keys.map { $0.field.path + ($0.isDescending ? "_desc" : "") }.joined(separator: "_")
  }

  /// The index as `createIndexes` takes it.
  fileprivate var bson: BSONDocument {
    var key: BSONDocument = [:]
    for part in keys { key[part.field.path] = part.direction }
    var document: BSONDocument = ["key": .document(key), "name": .string(name)]
    guard isUnique else { return document }
    document["unique"] = true
    // Documents that lack one of the fields are not compared.
    var presence: BSONDocument = [:]
    for part in keys { presence[part.field.path] = .document(part.field.kind.presence) }
    document["partialFilterExpression"] = .document(presence)
    return document
  }

  /// Whether an index that the server has finds the same documents.
  fileprivate func isServed(by other: BSONDocument) -> Bool {
    let restrictions = ["partialFilterExpression", "sparse", "collation", "hidden", "expireAfterSeconds"]
    return other["key"] == bson["key"] && !restrictions.contains { other[$0] != nil }
  }
}
