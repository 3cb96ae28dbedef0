extension FilterCondition {
  /// The condition as a query. A value is always below `$eq` or `$in`, where it cannot be an operator.
  var bson: BSONDocument {
    switch self {
    case .isIn(let path, let values) where values.count == 1: [path: ["$eq": values[0].bson]]
    case .isIn(let path, let values): [path: ["$in": .array(values.map(\.bson))]]
    case .all(let conditions) where conditions.isEmpty: [:]
    case .all(let conditions): ["$and": .array(conditions.map { .document($0.bson) })]
    }
  }
}

extension FilterValue {
  var bson: BSONValue {
    switch self {
    case .string(let text): .string(text)
    case .integer(let number): .int64(number)
    case .bool(let truth): .bool(truth)
    }
  }
}
