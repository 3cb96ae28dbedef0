import BSON
import Foundation

extension FilterCondition {
  /// The condition as a query. A value is always below an operator, where it cannot be one itself.
  ///
  /// The server compares values of one type only, as ``FilterCondition`` wants it, except that all of its numbers are of
  /// one type, and that a field that is an array is compared element by element.
  var bson: BSONDocument {
    switch self {
    case .compare(let field, let comparison, let value): [field.path: [comparison.bsonOperator: value.bson]]
    case .isIn(let field, let values) where values.count == 1: [field.path: ["$eq": values[0].bson]]
    case .isIn(let field, let values): [field.path: ["$in": .array(values.map(\.bson))]]
    case .isNil(let field): [field.path: ["$eq": .null]]
    case .contains(let field, let value): [field.path: ["$elemMatch": ["$eq": value.bson]]]
    case .all(let conditions) where conditions.isEmpty: [:]
    case .all(let conditions) where conditions.count == 1: conditions[0].bson
    case .all(let conditions): ["$and": .array(conditions.map { .document($0.bson) })]
    // The server takes no empty `$or`; this means nothing at no cost.
    case .any(let conditions) where conditions.isEmpty: ["_id": ["$in": []]]
    case .any(let conditions) where conditions.count == 1: conditions[0].bson
    case .any(let conditions): ["$or": .array(conditions.map { .document($0.bson) })]
    case .not(let condition): ["$nor": [.document(condition.bson)]]
    }
  }
}

extension FilterComparison {
  fileprivate var bsonOperator: String {
    switch self {
    case .equal: "$eq"
    case .notEqual: "$ne"
    case .less: "$lt"
    case .lessOrEqual: "$lte"
    case .greater: "$gt"
    case .greaterOrEqual: "$gte"
    }
  }
}

extension FilterValue {
  var bson: BSONValue {
    switch self {
    case .string(let text): .string(text)
    case .integer(let number): .int64(number)
    case .double(let number): .double(number)
    case .bool(let truth): .bool(truth)
    case .date(let milliseconds): .date(milliseconds: milliseconds)
    case .uuid(let uuid):
      .binary(BSONBinary(subtype: BSONBinary.uuidSubtype, bytes: withUnsafeBytes(of: uuid.uuid) { Array($0) }))
    }
  }
}

extension OrderKey {
  /// As sorts and indexes have it.
  var direction: BSONValue { isDescending ? -1 : 1 }
}

extension FilterKind {
  /// The types of the values, as `$type` names them. Of binary data a reader must look at the subtype.
  var bsonTypes: [String] {
    switch self {
    case .string: ["string"]
    case .number: ["int", "long", "double"]
    case .bool: ["bool"]
    case .date: ["date"]
    case .uuid: ["binData"]
    }
  }

  /// What means all values of the kind in the filter of a partial index.
  ///
  /// A comparison with the least value of the type, since the planner sees that an equality of that type is within it,
  /// which it does not see for `$type`. The empty text is left out as the indexes that exist already leave it out.
  var presence: BSONDocument {
    switch self {
    case .string: ["$gt": ""]
    case .number: ["$gte": .double(-.infinity)]
    case .bool: ["$gte": false]
    case .date: ["$gte": .date(milliseconds: .min)]
    // Binary data is ordered by length, then subtype: the empty one is the least.
    case .uuid: ["$gte": .binary(BSONBinary(subtype: 0, bytes: []))]
    }
  }
}
