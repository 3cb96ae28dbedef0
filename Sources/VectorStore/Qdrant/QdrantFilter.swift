import Domain

/// Qdrant's filter, as far as it is used: every value is a JSON string of its own.
struct QdrantFilter: Encodable, Sendable {
  var must: [Condition] = []
  var mustNot: [Condition]?

  enum CodingKeys: String, CodingKey {
    case must
    case mustNot = "must_not"
  }

  enum Condition: Encodable, Sendable {
    /// The payload's field is this value.
    case match(String, String)
    /// The payload's field is one of these values.
    case matchAny(String, [String])
    /// The point is one of these.
    case hasID([Identifier])

    private struct Match: Encodable {
      var key: String
      var match: [String: String]
    }
    private struct MatchAny: Encodable {
      var key: String
      var match: [String: [String]]
    }

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .match(let key, let value): try Match(key: key, match: ["value": value]).encode(to: encoder)
      case .matchAny(let key, let values): try MatchAny(key: key, match: ["any": values]).encode(to: encoder)
      case .hasID(let ids): try ["has_id": ids].encode(to: encoder)
      }
    }
  }

  init(must: [Condition], mustNot: [Condition]? = nil) {
    self.must = must
    self.mustNot = mustNot
  }

  /// The filter for one category's collection.
  init(_ filter: ChunkFilter) {
    if let authors = filter.authors { must.append(.matchAny("author_id", authors.map(\.uuidString))) }
    if let documents = filter.documents { must.append(.matchAny("document_id", documents.map(\.uuidString))) }
    if let platform = filter.platform { must.append(.match("platform", platform)) }
    if let link = filter.link { must.append(.match("link", link)) }
  }
}
