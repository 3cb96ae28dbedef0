import Domain
import Foundation
import HTTP

/// The requests about whole collections.
extension QdrantDriver {
  /// The types of the indexes that are not of keywords.
  private static let indexTypes = ["published_at": "datetime", "is_duplicate": "bool"]

  /// The fields that the documents of a kind are filtered and counted by.
  static func indexes(of kind: CollectionKind) -> [String] {
    let shared = ["author_id", "platform", "link", "published_at"]
    switch kind {
    case .cleaned: return shared + ["fingerprint"]
    case .embedded: return shared + ["document_id", "text_digest", "duplicate_of", ChunkPayload.isDuplicateKey]
    }
  }

  /// The collection of the records.
  var recordCollection: String { prefix + QdrantRecord.collection }

  /// What there is.
  func catalog() async throws -> QdrantCatalog {
    var catalog = QdrantCatalog(prefix: prefix)
    catalog.collections = try await existingCollections()
    let reply = try await connection.call("list the aliases", .get, "/aliases", as: QdrantReply.Aliases.self)
    catalog.aliases = Dictionary(reply.aliases.map { ($0.alias, $0.collection) }) { first, _ in first }
    if catalog.collections.contains(recordCollection) {
      for try await record in StoredSequence(page: { try await recordPage(from: $0) }) {
        catalog.records[record.collection] = record
      }
    }
    return catalog
  }

  /// What there is, and what the collections are like that the store's names lead to.
  func describedCatalog() async throws -> QdrantCatalog {
    var catalog = try await catalog()
    let collections = Set(catalog.names.compactMap(catalog.collection))
    catalog.descriptions = try await withThrowingTaskGroup(of: (String, QdrantReply.Collection?).self) { group in
      for collection in collections { group.addTask { (collection, try await describe(collection)) } }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    return catalog
  }

  /// The names of all collections of the server.
  func existingCollections() async throws -> Set<String> {
    let reply = try await connection.call(
      "list the collections", .get, "/collections", as: QdrantReply.Collections.self)
    return Set(reply.collections.map(\.name))
  }

  /// What a collection is like; nil if it is not there.
  func describe(_ collection: String) async throws -> QdrantReply.Collection? {
    try await connection.callIfPresent("describe the collection \(collection)", .get, "/collections/\(collection)")
  }

  /// Makes a collection, unless it is there.
  func create(_ collection: String, _ request: QdrantRequest.Create) async throws {
    do {
      let _: Bool = try await connection.call(
        "make the collection \(collection)", .put, "/collections/\(collection)", body: try QdrantRequest.body(request))
    } catch VectorStoreError.refused(_, _, 409, _) {
      // It is there already: a first attempt of this request whose answer was lost made it.
    }
  }

  /// Removes a collection, if it is there, with the aliases that lead to it.
  func remove(_ collection: String) async throws {
    let _: Bool? = try await connection.callIfPresent(
      "drop the collection \(collection)", .delete, "/collections/\(collection)")
  }

  /// Changes aliases, all of them at one moment.
  func change(_ actions: [QdrantRequest.AliasChange]) async throws {
    let _: Bool = try await connection.call(
      "change the aliases", .post, "/collections/aliases",
      body: try QdrantRequest.body(QdrantRequest.ChangeAliases(actions: actions)))
  }

  /// Makes the indexes that a collection of documents or chunks, as its vectors tell, does not have.
  ///
  /// - Parameter known: what the collection is like, if that was asked for already.
  func addMissingIndexes(to collection: String, _ known: QdrantReply.Collection? = nil) async throws {
    var description = known
    if description == nil { description = try await describe(collection) }
    guard let description else { return }
    let indexed = description.payloadSchema ?? [:]
    let kind: CollectionKind = description.namedVectors?.isEmpty == true ? .cleaned : .embedded
    for field in Self.indexes(of: kind) where indexed[field] == nil {
      try await connection.update(
        "index \(field) of \(collection)", .put, "/collections/\(collection)/index?wait=true",
        body: try QdrantRequest.body(QdrantRequest.Index(field: field, schema: Self.indexTypes[field] ?? "keyword")),
        timeout: QdrantConnection.collectionTimeout)
    }
  }

  /// Notes that collections are twin's.
  func write(_ records: [QdrantRecord]) async throws {
    let encoder = JSONEncoder.qdrant
    try await upsert(
      records.map { try QdrantPoint.json(id: $0.id, payload: $0, encoder: encoder) }, into: recordCollection)
  }

  private func recordPage(from cursor: Identifier?) async throws -> Page<QdrantRecord> {
    let request = QdrantRequest.Scroll(limit: 256, offset: cursor.map(QdrantPointID.init))
    let reply = try await scroll(recordCollection, request, as: QdrantRecord.self)
    return Page(reply.points.compactMap(\.payload), next: reply.next?.identifier)
  }
}
