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
    /// The payload's field is a time in the range.
    case time(String, from: Date?, before: Date?)
    /// The payload has no such field.
    case isEmpty(String)
    /// The point is one of these.
    case hasID([Identifier])
    /// Another filter.
    case filter(QdrantFilter)

    /// The point is one of these, as the filter of a caller says: each is named once, and what is no UUID, and so no
    /// point's, is left out, since Qdrant refuses it.
    static func isOne(of ids: [Identifier]) -> Condition { .hasID(Set(ids).filter(\.isUUID).sorted()) }

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
        range["gte"] = from?.formatted(.iso8601)
        range["lt"] = before?.formatted(.iso8601)
        try Range(key: key, range: range).encode(to: encoder)
      case .isEmpty(let key): try ["is_empty": ["key": key]].encode(to: encoder)
      case .hasID(let ids): try ["has_id": ids].encode(to: encoder)
      case .filter(let filter): try filter.encode(to: encoder)
      }
    }
  }

  init(must: [Condition], mustNot: [Condition]? = nil) {
    self.must = must
    self.mustNot = mustNot
  }

  /// The filter for a collection of the kind.
  init(_ filter: VectorFilter, _ kind: CollectionKind) {
    switch filter {
    case .field(.document, let values) where kind == .cleaned:
      must = [.isOne(of: values.map { Identifier(existing: $0) })]
    case .field(let field, let values):
      must = [.matchAny(field.rawValue, Set(values).sorted())]
    case .identifier(let ids):
      must = [.isOne(of: ids)]
    case .published(nil, nil):
      break
    case .published(let from, let before):
      must = [.time("published_at", from: from, before: before)]
    case .isDuplicate:
      must = [.matchTruth(ChunkPayload.isDuplicateKey, true)]
    case .isUnlinked:
      // A document has no such field, and is never unlinked.
      must = kind == .cleaned ? [.hasID([])] : [.isEmpty(ChunkPayload.isDuplicateKey)]
    case .isIncomplete:
      must = kind == .cleaned ? [.matchAny("fingerprint", [DocumentState.incomplete.hexadecimal])] : [.hasID([])]
    case .all(let filters):
      if !filters.isEmpty { must = filters.map { .filter(QdrantFilter($0, kind)) } }
    case .any(let filters):
      // Qdrant takes an empty list of alternatives for none at all.
      if filters.isEmpty { must = [.hasID([])] } else { should = filters.map { .filter(QdrantFilter($0, kind)) } }
    case .not(let filter):
      mustNot = [.filter(QdrantFilter(filter, kind))]
    }
  }
}
