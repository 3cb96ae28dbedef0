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
      filter: authors.map { QdrantFilter(.authors($0), .cleaned) }, limit: Self.statesPerPage,
      offset: cursor.map(QdrantPointID.init), payload: .init(include: ["input_hash", "fingerprint"]))
    let reply = try await scroll(names(category, generation).cleaned, request, as: StatePayload.self)
    // A number is no document's of ours: nothing would ever take its place, or be asked to delete it.
    let states = reply.points.filter(\.id.isUUID).map { point in
      let unknown = DocumentState(inputHash: ContentHash(stored: ""), fingerprint: DocumentState.incomplete)
      let known = point.payload.map { DocumentState(inputHash: $0.inputHash, fingerprint: $0.fingerprint) }
      return IdentifiedState(id: point.id, state: known ?? unknown)
    }
    return Page(states, next: reply.next?.identifier)
  }

  func page<Document: VectorDocument>(
    of type: Document.Type, in collection: CollectionReference, where filter: VectorFilter, from cursor: Identifier?
  ) async throws -> Page<Document> {
    let name = name(of: collection)
    var request = QdrantRequest.Scroll(
      filter: QdrantFilter(filter, collection.kind), limit: Self.documentsPerPage,
      offset: cursor.map(QdrantPointID.init))
    switch collection.kind {
    case .cleaned:
      request.filter = QdrantFilter(filter && !.isIncomplete, .cleaned)
      let reply = try await scroll(name, request, as: CleanedDocument.self)
      return try page(of: reply) { try $0.document() as? Document }
    case .embedded:
      (request.limit, request.vectors) = (Self.chunksPerPage, ["dense"])
      let reply = try await scroll(name, request, as: ChunkPayload.self)
      return try page(of: reply) { try $0.embeddedChunk() as? Document }
    }
  }

  private func page<Payload, Document>(
    of reply: QdrantReply.Scroll<Payload>, _ document: (QdrantStoredPoint<Payload>) throws -> Document?
  ) throws -> Page<Document> {
    var page = Page<Document>(next: reply.next?.identifier)
    for point in reply.points {
      do {
        if let document = try document(point) { page.elements.append(document) }
      } catch let unreadable as UnreadableElement {
        page.unreadable.append(unreadable)
      }
    }
    return page
  }

  func references(
    in collection: CollectionReference, where filter: VectorFilter, from cursor: Identifier?
  ) async throws -> Page<ChunkReference> {
    let request = QdrantRequest.Scroll(
      filter: QdrantFilter(filter, .embedded), limit: Self.statesPerPage, offset: cursor.map(QdrantPointID.init),
      payload: .init(include: ["document_id", "duplicate_of", ChunkPayload.isDuplicateKey, "published_at"]))
    let reply = try await scroll(name(of: collection), request, as: ReferencePayload.self)
    let references = reply.points.map { point in
      // Under a number nothing is any document's, whatever it says.
      guard let payload = point.payload, point.id.isUUID else {
        return ChunkReference(id: point.id, documentID: ChunkReference.nobody)
      }
      let link = payload.isDuplicate.map { _ in DuplicateLink(id: point.id, duplicateOf: payload.duplicateOf) }
      return ChunkReference(
        id: point.id, documentID: payload.documentID, link: link, publishedAt: payload.publishedAt)
    }
    return Page(references, next: reply.next?.identifier)
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
      if let value = point.payload?[field.rawValue] ?? nil { counts[value, default: 0] += 1 }
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
    for try await point in points(in: collection, filter, keys: [], as: NoPayload.self) {
      ids.append(point.id)
    }
    return ids
  }

  private func points<Payload: Decodable & Sendable>(
    in collection: String, _ filter: QdrantFilter, keys: [String], as type: Payload.Type
  ) -> StoredSequence<QdrantStoredPoint<Payload>> {
    StoredSequence { cursor in
      let request = QdrantRequest.Scroll(
        filter: filter, limit: Self.statesPerPage, offset: cursor.map(QdrantPointID.init),
        payload: .init(include: keys))
      let reply = try await scroll(collection, request, as: type)
      return Page(reply.points, next: reply.next?.identifier)
    }
  }

  func authorName(where filter: VectorFilter, in collection: CollectionReference) async throws -> String? {
    // More than one, since the first may be one that cannot be read.
    let request = QdrantRequest.Scroll(
      filter: QdrantFilter(filter, collection.kind), limit: 8, payload: .init(include: ["author_full_name"]))
    let reply = try await scroll(name(of: collection), request, as: AuthorPayload.self)
    return reply.points.lazy.compactMap { $0.payload?.authorFullName }.first
  }

  /// Reads a page; of a collection that is not there an empty one. A page whose answer would be too long is asked for
  /// again with fewer points.
  ///
  /// - Throws: ``VectorStoreError/unexpectedReply(store:operation:reason:)`` also for a page that the next one does not
  ///   come after: reading would never end.
  func scroll<Payload: Decodable & Sendable>(
    _ collection: String, _ request: QdrantRequest.Scroll, as type: Payload.Type
  ) async throws -> QdrantReply.Scroll<Payload> {
    let operation = "read \(collection)"
    var request = request
    while true {
      do {
        let reply = try await connection.callForPart(
          operation, .post, "/collections/\(collection)/points/scroll", body: try QdrantRequest.body(request),
          as: QdrantReply.Scroll<Payload>.self)
        guard let reply else { return QdrantReply.Scroll(points: [], next: nil) }
        if let next = reply.next, reply.points.isEmpty || request.offset.map({ next <= $0 }) == true {
          throw VectorStoreError.unexpectedReply(
            store: connection.store, operation: operation, reason: "the next page begins where this one does, or before"
          )
        }
        return reply
      } catch is QdrantConnection.ReplyTooLong {
        guard request.limit > 1 else {
          let place = request.offset.map { ", the one at \($0.identifier) or after it," } ?? ", the first one,"
          throw connection.tooLong(operation, "one point\(place) is")
        }
        request.limit = max(request.limit / 4, 1)
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
