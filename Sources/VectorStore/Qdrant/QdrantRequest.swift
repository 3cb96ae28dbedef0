import Domain
import Foundation
import HTTP

/// What is asked of Qdrant, as JSON bodies.
enum QdrantRequest {
  struct Create: Encodable {
    struct Vector: Encodable {
      var size: Int
      var distance = "Cosine"
    }
    struct SparseVector: Encodable { var modifier = "idf" }

    var vectors: [String: Vector] = [:]
    var sparseVectors: [String: SparseVector]?
    var keepsPayloadOnDisk = true

    enum CodingKeys: String, CodingKey {
      case vectors
      case sparseVectors = "sparse_vectors"
      case keepsPayloadOnDisk = "on_disk_payload"
    }
  }

  struct Index: Encodable {
    var field: String
    var schema = "keyword"

    enum CodingKeys: String, CodingKey {
      case field = "field_name"
      case schema = "field_schema"
    }
  }

  struct Include: Encodable { var include: [String] }

  struct Scroll: Encodable {
    var filter: QdrantFilter?
    var limit: Int
    var offset: Identifier?
    var payload: Include?
    var vectors: [String] = []

    enum CodingKeys: String, CodingKey {
      case filter, limit, offset
      case payload = "with_payload"
      case vectors = "with_vector"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encodeIfPresent(filter, forKey: .filter)
      try container.encode(limit, forKey: .limit)
      try container.encodeIfPresent(offset, forKey: .offset)
      if let payload {
        try container.encode(payload, forKey: .payload)
      } else {
        try container.encode(true, forKey: .payload)
      }
      if vectors.isEmpty {
        try container.encode(false, forKey: .vectors)
      } else {
        try container.encode(vectors, forKey: .vectors)
      }
    }
  }

  struct Query<Vector: Encodable>: Encodable {
    var query: Vector
    var using: String
    var filter: QdrantFilter?
    var limit: Int
    var payload = true

    enum CodingKeys: String, CodingKey {
      case query, using, filter, limit
      case payload = "with_payload"
    }
  }

  struct Count: Encodable {
    var filter: QdrantFilter?
    var exact = true
  }

  struct Delete: Encodable { var filter: QdrantFilter }

  struct SetPayload: Encodable {
    var payload: [String: String]
    var filter: QdrantFilter
  }

  /// The bytes of a body.
  static func body(_ request: some Encodable) throws -> [UInt8] {
    [UInt8](try JSONEncoder.canonical.encode(request))
  }
}
