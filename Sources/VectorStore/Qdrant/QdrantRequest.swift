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

    /// A collection of points without vectors.
    init() {}

    /// A collection of the chunks of a model, or, without one, of points without vectors.
    init(for model: EmbeddingModelInfo?) {
      guard let model else { return }
      vectors = ["dense": Vector(size: model.dimension)]
      sparseVectors = ["bm25": SparseVector()]
    }
  }

  struct ChangeAliases: Encodable { var actions: [AliasChange] }

  /// A part of a change of aliases, which is done as a whole.
  enum AliasChange: Encodable {
    /// Makes the alias lead to the collection.
    case create(String, String)
    /// Removes the alias.
    case delete(String)

    private struct Names: Encodable {
      var alias: String
      var collection: String?

      enum CodingKeys: String, CodingKey {
        case alias = "alias_name"
        case collection = "collection_name"
      }
    }

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .create(let alias, let collection):
        try ["create_alias": Names(alias: alias, collection: collection)].encode(to: encoder)
      case .delete(let alias):
        try ["delete_alias": Names(alias: alias)].encode(to: encoder)
      }
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
    var offset: QdrantPointID?
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

  struct Facet: Encodable {
    var key: String
    var limit: Int
    var filter: QdrantFilter
    var exact = true
  }

  struct Count: Encodable {
    var filter: QdrantFilter?
    var exact = true
  }

  struct Delete: Encodable { var filter: QdrantFilter }

  struct DeletePoints: Encodable { var points: [QdrantPointID] }

  struct SetPayload<Payload: Encodable>: Encodable {
    var payload: Payload
    var filter: QdrantFilter
  }

  struct DeletePayload: Encodable {
    var keys: [String]
    var filter: QdrantFilter
  }

  /// Changes that are done one after the other.
  struct Batch<Payload: Encodable>: Encodable { var operations: [Operation<Payload>] }

  enum Operation<Payload: Encodable>: Encodable {
    case setPayload(SetPayload<Payload>)

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .setPayload(let change): try ["set_payload": change].encode(to: encoder)
      }
    }
  }

  /// How a collection is put back to what it was.
  struct Recovery: Encodable {
    /// Where the server finds the snapshot.
    var location: String
    /// What counts where the collection differs.
    var priority = "snapshot"
    /// The key for the location.
    var key: String?

    enum CodingKeys: String, CodingKey {
      case location, priority
      case key = "api_key"
    }
  }

  /// The bytes of a body.
  static func body(_ request: some Encodable) throws -> [UInt8] {
    [UInt8](try JSONEncoder.qdrant.encode(request))
  }
}

extension JSONEncoder {
  /// Writes dates by RFC 3339, as Qdrant's indexes of times ask for.
  static var qdrant: JSONEncoder {
    let encoder = JSONEncoder.canonical
    encoder.dateEncodingStrategy = .iso8601
    return encoder
  }
}

extension JSONDecoder {
  /// Reads what ``Foundation/JSONEncoder/qdrant`` writes.
  static var qdrant: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return decoder
  }
}
