import Domain

/// A point that was read. Its payload is decoded by itself: points are others' to edit as well, and one that twin cannot
/// read must not cost the rest of a page.
struct QdrantStoredPoint<Payload: Decodable & Sendable>: Decodable, Sendable {
  var id: Identifier
  /// Nil if it is not one that twin writes.
  var payload: Payload?
  /// What is wrong with the payload, as in “it has no `text`”; nil if nothing is.
  private var problem: String?
  /// The document that a payload which cannot be read says it belongs to.
  private var documentID: Identifier?
  /// The vector `dense`; nil if it was not asked for, or is not there.
  var vector: [Float]?
  var score: Double?

  enum CodingKeys: String, CodingKey {
    case id, payload, vector, score
  }

  private struct Vectors: Decodable { var dense: [Float]? }
  private struct Belonging: Decodable {
    var documentID: Identifier

    enum CodingKeys: String, CodingKey { case documentID = "document_id" }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(QdrantPointID.self, forKey: .id).identifier
    vector = (try? container.decodeIfPresent(Vectors.self, forKey: .vector))?.dense
    score = try container.decodeIfPresent(Double.self, forKey: .score)
    do {
      payload = try container.decode(Payload.self, forKey: .payload)
    } catch let error as DecodingError {
      problem = error.problem
      documentID = (try? container.decode(Belonging.self, forKey: .payload))?.documentID
    }
  }

  /// The payload of a point that twin made.
  ///
  /// - Throws: ``UnreadableElement`` if it is not one.
  private func readable() throws -> Payload {
    guard let payload else { throw unreadable(problem ?? "it has no payload") }
    // Numbers come before all others, so that they would be out of the order of identifiers.
    guard id.isUUID else { throw unreadable("its identifier is a number") }
    return payload
  }

  private func unreadable(_ reason: String, documentID: Identifier? = nil) -> UnreadableElement {
    UnreadableElement(id: id, documentID: documentID ?? self.documentID, reason: reason)
  }
}

extension QdrantStoredPoint<CleanedDocument> {
  /// - Throws: ``UnreadableElement``.
  func document() throws -> CleanedDocument {
    let document = try readable()
    guard document.id == id else { throw unreadable("its `id` is another one") }
    return document
  }
}

extension QdrantStoredPoint<ChunkPayload> {
  /// - Throws: ``UnreadableElement``.
  func embeddedChunk() throws -> EmbeddedChunk {
    let payload = try readable()
    let document = payload.chunk.documentID
    guard payload.chunk.id == id else { throw unreadable("its `id` is another one", documentID: document) }
    guard let vector else { throw unreadable("its vector is not there", documentID: document) }
    guard vector.count == payload.model.dimension else {
      throw unreadable(
        "its vector has \(vector.count) components instead of \(payload.model.dimension)", documentID: document)
    }
    return EmbeddedChunk(chunk: payload.chunk, vector: vector, model: payload.model)
  }

  /// The chunk as a ranking finds it; nil if it cannot be read, which is for a verification to tell.
  var scoredChunk: ScoredChunk? {
    guard let payload = try? readable(), payload.chunk.id == id else { return nil }
    return ScoredChunk(
      chunk: payload.chunk, score: score ?? 0, vector: vector, duplicateOf: payload.duplicateOf)
  }
}

/// A payload of which nothing is read.
struct NoPayload: Decodable, Sendable {
  init(from decoder: any Decoder) {}
}

extension DecodingError {
  /// What is wrong, by the name of the field.
  fileprivate var problem: String {
    switch self {
    case .keyNotFound(let key, _): "it has no `\(key.stringValue)`"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      "its `\(context.codingPath.last?.stringValue ?? "payload")` is not what twin writes"
    @unknown default: "its payload is not what twin writes"
    }
  }
}
