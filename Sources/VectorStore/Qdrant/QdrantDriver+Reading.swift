import Domain
import Foundation
import HTTP

extension QdrantDriver {
  private static let statesPerPage = 1000
  private static let documentsPerPage = 64
  private static let chunksPerPage = 256
  private static let facetLimit = 10_000

  func states(
    of category: DataCategory, authors: [Identifier]?, in generation: Generation, from cursor: Identifier?
  ) async throws -> Page<IdentifiedState> {
    let request = QdrantRequest.Scroll(
      filter: authors.map { QdrantFilter(.authors($0), .cleaned) }, limit: Self.statesPerPage, offset: cursor,
      payload: .init(include: ["input_hash", "fingerprint"]))
    let reply = try await scroll(names(category, generation).cleaned, request, as: StatePayload.self)
    let states = reply.points.map { point in
      IdentifiedState(
        id: point.id,
        state: DocumentState(inputHash: point.payload.inputHash, fingerprint: point.payload.fingerprint))
    }
    return Page(states, next: reply.next)
  }

  func page<Document: VectorDocument>(
    of type: Document.Type, in collection: CollectionReference, where filter: VectorFilter, from cursor: Identifier?
  ) async throws -> Page<Document> {
    let name = name(of: collection)
    var request = QdrantRequest.Scroll(
      filter: QdrantFilter(filter, collection.kind), limit: Self.documentsPerPage, offset: cursor)
    switch collection.kind {
    case .cleaned:
      request.filter = QdrantFilter(filter && !.isIncomplete, .cleaned)
      let reply = try await scroll(name, request, as: CleanedDocument.self)
      return Page(reply.points.compactMap { $0.payload as? Document }, next: reply.next)
    case .embedded:
      (request.limit, request.vectors) = (Self.chunksPerPage, ["dense"])
      let reply = try await scroll(name, request, as: ChunkPayload.self)
      let chunks = try reply.points.map { point in
        guard let vector = point.vector?.dense, vector.count == point.payload.model.dimension else {
          throw VectorStoreError.unusableVector(of: "the chunk \(point.id) in \(name)", reason: "it is not there")
        }
        return EmbeddedChunk(chunk: point.payload.chunk, vector: vector, model: point.payload.model)
      }
      return Page(chunks.compactMap { $0 as? Document }, next: reply.next)
    }
  }

  func references(
    in collection: CollectionReference, where filter: VectorFilter, from cursor: Identifier?
  ) async throws -> Page<ChunkReference> {
    let request = QdrantRequest.Scroll(
      filter: QdrantFilter(filter, .embedded), limit: Self.statesPerPage, offset: cursor,
      payload: .init(include: ["document_id", "duplicate_of", ChunkPayload.isDuplicateKey, "published_at"]))
    let reply = try await scroll(name(of: collection), request, as: ReferencePayload.self)
    let references = reply.points.map { point in
      let link = point.payload.isDuplicate.map { _ in
        DuplicateLink(id: point.id, duplicateOf: point.payload.duplicateOf)
      }
      return ChunkReference(
        id: point.id, documentID: point.payload.documentID, link: link, publishedAt: point.payload.publishedAt)
    }
    return Page(references, next: reply.next)
  }

  func count(where filter: VectorFilter, in collection: CollectionReference) async throws -> Int {
    try await count(in: name(of: collection), QdrantFilter(filter, collection.kind))
  }

  /// By Qdrant's facets, where it has them and there are not too many values: a scroll reads every point.
  func counts(
    by field: VectorField, where filter: VectorFilter, in collection: CollectionReference
  ) async throws -> [String: Int] {
    let name = name(of: collection)
    let filter = QdrantFilter(filter, collection.kind)
    switch (collection.kind, field) {
    case (.cleaned, .document):
      return Dictionary(try await identifiers(in: name, filter).map { ($0.uuidString, 1) }) { first, _ in first }
    case (.cleaned, .textDigest), (.cleaned, .duplicateOf): return [:]
    default: break
    }
    if version >= .facets, let counts = try await facets(field, filter, in: name) { return counts }
    var counts: [String: Int] = [:]
    for try await point in points(in: name, filter, keys: [field.rawValue], as: [String: String?].self) {
      if let value = point.payload[field.rawValue] ?? nil { counts[value, default: 0] += 1 }
    }
    return counts
  }

  /// Nil if there are ``facetLimit`` values or more, or the field has no index, as those that came later have none in
  /// collections of an earlier version.
  private func facets(
    _ field: VectorField, _ filter: QdrantFilter, in collection: String
  ) async throws -> [String: Int]? {
    let request = QdrantRequest.Facet(key: field.rawValue, limit: Self.facetLimit, filter: filter)
    let reply: QdrantReply.Facets?
    do {
      reply = try await connection.callIfPresent(
        "count the points of \(collection) by \(field.rawValue)", .post, "/collections/\(collection)/facet",
        body: try QdrantRequest.body(request))
    } catch VectorStoreError.refused(_, _, 400, _) {
      return nil
    }
    guard let hits = reply?.hits else { return [:] }
    if hits.count >= Self.facetLimit { return nil }
    return Dictionary(hits.map { ($0.value, $0.count) }) { first, _ in first }
  }

  /// The identifiers of the points that pass the filter, in their order.
  func identifiers(in collection: String, _ filter: QdrantFilter) async throws -> [Identifier] {
    var ids: [Identifier] = []
    for try await point in points(in: collection, filter, keys: [], as: QdrantReply.NoPayload.self) {
      ids.append(point.id)
    }
    return ids
  }

  private func points<Payload: Decodable & Sendable>(
    in collection: String, _ filter: QdrantFilter, keys: [String], as type: Payload.Type
  ) -> StoredSequence<QdrantReply.Point<Payload>> {
    StoredSequence { cursor in
      let request = QdrantRequest.Scroll(
        filter: filter, limit: Self.statesPerPage, offset: cursor, payload: .init(include: keys))
      let reply = try await scroll(collection, request, as: type)
      return Page(reply.points, next: reply.next)
    }
  }

  func authorName(where filter: VectorFilter, in collection: CollectionReference) async throws -> String? {
    let request = QdrantRequest.Scroll(
      filter: QdrantFilter(filter, collection.kind), limit: 1, payload: .init(include: ["author_full_name"]))
    return try await scroll(name(of: collection), request, as: AuthorPayload.self).points.first?.payload.authorFullName
  }

  /// Reads a page; of a collection that is not there an empty one. A page whose answer would be too long is asked for
  /// again with fewer points.
  private func scroll<Payload: Decodable & Sendable>(
    _ collection: String, _ request: QdrantRequest.Scroll, as type: Payload.Type
  ) async throws -> QdrantReply.Scroll<Payload> {
    var request = request
    while true {
      do {
        let reply = try await connection.callIfPresent(
          "read \(collection)", .post, "/collections/\(collection)/points/scroll",
          body: try QdrantRequest.body(request), as: QdrantReply.Scroll<Payload>.self)
        return reply ?? QdrantReply.Scroll(points: [], next: nil)
      } catch is QdrantConnection.ReplyTooLong {
        guard request.limit > 1 else {
          throw VectorStoreError.unexpectedReply(
            store: "Qdrant at \(location)", operation: "read \(collection)", reason: "one point is too long")
        }
        request.limit /= 4
        request.limit = max(request.limit, 1)
      }
    }
  }
}

/// The part of a document's payload that says what it was made from.
private struct StatePayload: Decodable, Sendable {
  var inputHash: ContentHash
  var fingerprint: ContentHash

  enum CodingKeys: String, CodingKey {
    case inputHash = "input_hash"
    case fingerprint
  }
}

/// The part of a chunk's payload that says whose it is, and whether it says the same as another one.
private struct ReferencePayload: Decodable, Sendable {
  var documentID: Identifier
  var isDuplicate: Bool?
  var duplicateOf: Identifier?
  var publishedAt: Date?

  enum CodingKeys: String, CodingKey {
    case documentID = "document_id"
    case isDuplicate = "is_duplicate"
    case duplicateOf = "duplicate_of"
    case publishedAt = "published_at"
  }
}

/// The part of a payload that says who wrote it.
private struct AuthorPayload: Decodable, Sendable {
  var authorFullName: String

  enum CodingKeys: String, CodingKey { case authorFullName = "author_full_name" }
}
