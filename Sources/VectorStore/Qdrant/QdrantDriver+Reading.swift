import Domain
import HTTP

extension QdrantDriver {
  private static let statesPerPage = 1000
  private static let documentsPerPage = 64
  private static let chunksPerPage = 256

  func states(
    of category: DataCategory, authors: [Identifier]?, from cursor: Identifier?
  ) async throws -> Page<IdentifiedState> {
    let request = QdrantRequest.Scroll(
      filter: filter(authors), limit: Self.statesPerPage, offset: cursor,
      payload: .init(include: ["input_hash", "fingerprint"]))
    let reply = try await scroll(names(category).cleaned, request, as: StatePayload.self)
    let states = reply.points.map { point in
      IdentifiedState(
        id: point.id,
        state: DocumentState(inputHash: point.payload.inputHash, fingerprint: point.payload.fingerprint))
    }
    return Page(states, next: reply.next)
  }

  func documents(
    in category: DataCategory, authors: [Identifier]?, from cursor: Identifier?
  ) async throws -> Page<CleanedDocument> {
    let request = QdrantRequest.Scroll(filter: filter(authors), limit: Self.documentsPerPage, offset: cursor)
    let reply = try await scroll(names(category).cleaned, request, as: CleanedDocument.self)
    return Page(reply.points.map(\.payload).filter { $0.fingerprint != DocumentState.incomplete }, next: reply.next)
  }

  func chunks(
    in category: DataCategory, filter: ChunkFilter, from cursor: Identifier?
  ) async throws -> Page<EmbeddedChunk> {
    let name = names(category).embedded
    let request = QdrantRequest.Scroll(
      filter: QdrantFilter(filter), limit: Self.chunksPerPage, offset: cursor, vectors: ["dense"])
    let reply = try await scroll(name, request, as: ChunkPayload.self)
    let chunks = try reply.points.map { point in
      guard let vector = point.vector?.dense, vector.count == point.payload.model.dimension else {
        throw VectorStoreError.unusableVector(of: "the chunk \(point.id) in \(name)", reason: "it is not there")
      }
      return EmbeddedChunk(chunk: point.payload.chunk, vector: vector, model: point.payload.model)
    }
    return Page(chunks, next: reply.next)
  }

  func references(in category: DataCategory, from cursor: Identifier?) async throws -> Page<ChunkReference> {
    let request = QdrantRequest.Scroll(
      limit: Self.statesPerPage, offset: cursor, payload: .init(include: ["document_id"]))
    let reply = try await scroll(names(category).embedded, request, as: ReferencePayload.self)
    let references = reply.points.map { ChunkReference(id: $0.id, documentID: $0.payload.documentID) }
    return Page(references, next: reply.next)
  }

  /// Counts by author. Not by Qdrant's facets, which came with version 1.12 and count roughly on a cluster.
  func tally(of category: DataCategory) async throws -> CategoryTally {
    let names = names(category)
    var authors: [Identifier: VectorStoreStatistics.Author] = [:]
    let authorships = StoredSequence<AuthorPayload> { cursor in
      let request = QdrantRequest.Scroll(
        limit: Self.statesPerPage, offset: cursor, payload: .init(include: ["author_id", "author_full_name"]))
      let reply = try await scroll(names.cleaned, request, as: AuthorPayload.self)
      return Page(reply.points.map(\.payload), next: reply.next)
    }
    for try await author in authorships {
      authors[author.authorID, default: .init(id: author.authorID, name: author.authorFullName, count: 0)].count +=
        1
    }
    var tally = CategoryTally(documents: Array(authors.values))
    for author in authors.values {
      let count = try await count(in: names.embedded, filter([author.id]))
      if count > 0 { tally.chunks.append(.init(id: author.id, name: author.name, count: count)) }
    }
    tally.chunkCount = try await count(in: names.embedded)
    return tally
  }

  private func filter(_ authors: [Identifier]?) -> QdrantFilter? {
    authors.map { QdrantFilter(must: [.matchAny("author_id", $0.map(\.uuidString))]) }
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

/// The part of a chunk's payload that says whose it is.
private struct ReferencePayload: Decodable, Sendable {
  var documentID: Identifier

  enum CodingKeys: String, CodingKey { case documentID = "document_id" }
}

/// The part of a document's payload that says who wrote it.
private struct AuthorPayload: Decodable, Sendable {
  var authorID: Identifier
  var authorFullName: String

  enum CodingKeys: String, CodingKey {
    case authorID = "author_id"
    case authorFullName = "author_full_name"
  }
}
