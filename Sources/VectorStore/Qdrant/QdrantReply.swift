import Domain

/// What Qdrant answers, as far as it is used.
enum QdrantReply {
  struct Envelope<Result: Decodable & Sendable>: Decodable, Sendable {
    var result: Result
  }

  struct Failure: Decodable {
    struct Status: Decodable { var error: String }
    var status: Status
  }

  struct About: Decodable {
    var title: String
    var version: String
  }

  struct Collections: Decodable, Sendable {
    struct Name: Decodable, Sendable { var name: String }
    var collections: [Name]
  }

  struct Aliases: Decodable, Sendable {
    struct Alias: Decodable, Sendable {
      var alias: String
      var collection: String

      enum CodingKeys: String, CodingKey {
        case alias = "alias_name"
        case collection = "collection_name"
      }
    }
    var aliases: [Alias]
  }

  /// What a collection is like.
  struct Collection: Decodable, Sendable {
    struct Config: Decodable, Sendable { var params: Parameters }
    struct Parameters: Decodable, Sendable {
      var vectors: Vectors?
      var sparseVectors: [String: Anything]?

      enum CodingKeys: String, CodingKey {
        case vectors
        case sparseVectors = "sparse_vectors"
      }
    }
    /// Named vectors by name, or one without a name.
    enum Vectors: Decodable, Sendable {
      case named([String: Vector])
      case unnamed

      init(from decoder: any Decoder) throws {
        if let named = try? [String: Vector](from: decoder) { self = .named(named) } else { self = .unnamed }
      }
    }
    struct Vector: Decodable, Equatable, Sendable {
      var size: Int
      var distance: String
    }
    /// A value that only its presence matters of.
    struct Anything: Decodable, Sendable {
      init(from decoder: any Decoder) {}
    }

    var config: Config
    var payloadSchema: [String: Anything]?

    enum CodingKeys: String, CodingKey {
      case config
      case payloadSchema = "payload_schema"
    }

    /// The vectors by name; nil when the collection has one without a name.
    var namedVectors: [String: Vector]? {
      switch config.params.vectors {
      case .named(let vectors): vectors
      case nil: [:]
      case .unnamed: nil
      }
    }
  }

  struct Scroll<Payload: Decodable & Sendable>: Decodable, Sendable {
    var points: [Point<Payload>]
    var next: Identifier?

    enum CodingKeys: String, CodingKey {
      case points
      case next = "next_page_offset"
    }
  }

  struct Point<Payload: Decodable & Sendable>: Decodable, Sendable {
    var id: Identifier
    var payload: Payload
    var vector: Vectors?
    var score: Double?

    struct Vectors: Decodable, Sendable { var dense: [Float]? }
  }

  /// A payload of which nothing is read.
  struct NoPayload: Decodable, Sendable {}

  /// A ranking.
  struct Query<Point: Decodable & Sendable>: Decodable, Sendable {
    var points: [Point]
  }

  struct Facets: Decodable, Sendable {
    struct Hit: Decodable, Sendable {
      var value: String
      var count: Int
    }
    var hits: [Hit]
  }

  struct Snapshot: Decodable, Sendable {
    var name: String
    var size: Int
    var creationTime: String?

    enum CodingKeys: String, CodingKey {
      case name, size
      case creationTime = "creation_time"
    }
  }

  struct Count: Decodable, Sendable { var count: Int }

  /// The answer to a change; that there is one says it was taken.
  struct Update: Decodable, Sendable { var status: String }
}
