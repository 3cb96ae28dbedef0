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
      var sparseVectors: [String: SparseVector]?
      var keepsPayloadOnDisk: Bool?

      enum CodingKeys: String, CodingKey {
        case vectors
        case sparseVectors = "sparse_vectors"
        case keepsPayloadOnDisk = "on_disk_payload"
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
    struct SparseVector: Decodable, Equatable, Sendable { var modifier: String? }
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
    var points: [QdrantStoredPoint<Payload>]
    var next: QdrantPointID?

    enum CodingKeys: String, CodingKey {
      case points
      case next = "next_page_offset"
    }
  }

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

    enum CodingKeys: String, CodingKey { case hits }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      hits = try container.decode([Hit].self, forKey: .hits)
      // One after the other, so that no sum on the way is too large either.
      var sum = 0
      for hit in hits {
        guard isPlausible(hit.count) else { throw container.implausible(.hits) }
        sum += hit.count
        guard isPlausible(sum) else { throw container.implausible(.hits) }
      }
    }
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

  struct Count: Decodable, Sendable {
    var count: Int

    enum CodingKeys: String, CodingKey { case count }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      count = try container.decode(Int.self, forKey: .count)
      guard isPlausible(count) else { throw container.implausible(.count) }
    }
  }

  /// The answer to a change of points: whether it was done, or only taken to be done later.
  struct Update: Decodable, Sendable {
    /// The status of a change that was done.
    static let completed = "completed"

    var status: String
  }
}

/// Whether a server can have so many points: far more than one has, and so few that adding those of all collections up, and
/// the bytes of their vectors, is no overflow.
private func isPlausible(_ count: Int) -> Bool { (0...(1 << 40)).contains(count) }

extension KeyedDecodingContainer {
  fileprivate func implausible(_ key: Key) -> DecodingError {
    .dataCorruptedError(forKey: key, in: self, debugDescription: "there cannot be so many points")
  }
}
