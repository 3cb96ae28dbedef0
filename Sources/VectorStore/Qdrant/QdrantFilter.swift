import Domain
import Foundation

/// Qdrant's filter: every value is a JSON string of its own.
struct QdrantFilter: Encodable, Sendable {
  var must: [Condition]?
  var should: [Condition]?
  var mustNot: [Condition]?

  enum CodingKeys: String, CodingKey {
    case must, should
    case mustNot = "must_not"
  }

  indirect enum Condition: Encodable, Sendable {
    /// The payload's field is one of these values.
    case matchAny(String, [String])
    /// The payload's field is this truth value.
    case matchTruth(String, Bool)
    /// The payload's field is a time in the range, in seconds since 1970, of the years 1 to 9999; one of the bounds is
    /// there.
    case time(String, from: Int64?, before: Int64?)
    /// The payload has no such field.
    case isEmpty(String)
    /// The point is one of these.
    case hasID([Identifier])
    /// Another filter.
    case filter(QdrantFilter)

    /// The point is one of these, as the filter of a caller says: each is named once, and what no point can have is left
    /// out, since Qdrant refuses it.
    static func isOne(of ids: [Identifier]) -> Condition {
      .hasID(Set(ids).filter { QdrantPointID($0).isPossible }.sorted())
    }

    /// Nothing passes.
    static var never: Condition { .hasID([]) }

    /// It was published in the period. A bound after the year 9999, which RFC 3339 cannot write, is none.
    static func published(in period: PublicationPeriod) -> Condition {
      let limit = PublicationPeriod.endOfTime
      if period.first == limit { return .never }
      let end = period.end == limit ? nil : period.end
      return .time("published_at", from: period.first ?? PublicationPeriod.firstSecond, before: end)
    }

    private struct Match<Value: Encodable>: Encodable {
      var key: String
      var match: [String: Value]
    }
    private struct Range: Encodable {
      var key: String
      var range: [String: String]
    }

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .matchAny(let key, let values): try Match(key: key, match: ["any": values]).encode(to: encoder)
      case .matchTruth(let key, let value): try Match(key: key, match: ["value": value]).encode(to: encoder)
      case .time(let key, let from, let before):
        var range: [String: String] = [:]
        range["gte"] = from.map { Date(timeIntervalSince1970: Double($0)).formatted(.iso8601) }
        range["lt"] = before.map { Date(timeIntervalSince1970: Double($0)).formatted(.iso8601) }
        try Range(key: key, range: range).encode(to: encoder)
      case .isEmpty(let key): try ["is_empty": ["key": key]].encode(to: encoder)
      case .hasID(let ids): try ["has_id": ids.map(QdrantPointID.init)].encode(to: encoder)
      case .filter(let filter): try filter.encode(to: encoder)
      }
    }
  }

  init(must: [Condition], mustNot: [Condition]? = nil) {
    self.must = must
    self.mustNot = mustNot
  }

  /// The filter for a collection of the kind. It asks for fields with an index only (``QdrantDriver/indexes(of:)``): a
  /// server in strict mode refuses any other.
  init(_ filter: VectorFilter, _ kind: CollectionKind) {
    switch filter {
    case .field(.document, let values) where kind == .cleaned:
      must = [.isOne(of: values.map { Identifier(existing: $0) })]
    case .field(.textDigest, _) where kind == .cleaned, .field(.duplicateOf, _) where kind == .cleaned:
      must = [.never]
    case .field(let field, let values):
      must = [.matchAny(field.rawValue, Set(values).sorted())]
    case .identifier(let ids):
      must = [.isOne(of: ids)]
    case .published(nil, nil):
      break
    case .published(let from, let before):
      must = [.published(in: PublicationPeriod(from: from, before: before))]
    case .isDuplicate:
      must = kind == .cleaned ? [.never] : [.matchTruth(ChunkPayload.isDuplicateKey, true)]
    case .isUnlinked:
      // A document has no such field, and is never unlinked.
      must = kind == .cleaned ? [.never] : [.isEmpty(ChunkPayload.isDuplicateKey)]
    case .isIncomplete:
      must = kind == .cleaned ? [.matchAny("fingerprint", [DocumentState.incomplete.hexadecimal])] : [.never]
    case .all(let filters):
      if !filters.isEmpty { must = filters.map { .filter(QdrantFilter($0, kind)) } }
    case .any(let filters):
      // Qdrant takes an empty list of alternatives for none at all.
      if filters.isEmpty { must = [.never] } else { should = filters.map { .filter(QdrantFilter($0, kind)) } }
    case .not(let filter):
      mustNot = [.filter(QdrantFilter(filter, kind))]
    }
  }
}
