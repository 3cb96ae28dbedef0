import BSON

extension Query {
  /// Whether the documents come in the order of `_id`, so that reading can go on behind any of them.
  var isResumable: Bool {
    order.isEmpty || (order[0].field == .id && !order[0].isDescending)
  }

  /// The documents that are meant, or those of them behind an identifier.
  func filter(after id: BSONValue?) -> BSONDocument {
    guard let id else { return condition.bson }
    return ["$and": [.document(condition.bson), ["_id": ["$gt": id]]]]
  }

  /// The order, which ends with `_id`, so that it is complete.
  var sort: BSONDocument {
    var sort: BSONDocument = [:]
    for key in order + [OrderKey(field: .id, isDescending: false)] where sort[key.field.path] == nil {
      sort[key.field.path] = key.direction
      // Nothing is ordered behind what is different for all.
      if key.field == .id { break }
    }
    return sort
  }

  /// The options of `find`.
  func options(limit: Int?, allowsDiskUse: Bool) -> BSONDocument {
    var options: BSONDocument = ["sort": .document(sort), "batchSize": .int64(Int64(max(1, batchSize)))]
    if allowsDiskUse { options["allowDiskUse"] = true }
    if let limit { options["limit"] = .int64(Int64(limit)) }
    if let fields { options["projection"] = .document(Self.projection(of: fields)) }
    return options
  }

  /// The fields and `_id`. A field within another one that is taken as a whole is not named again, which the server does
  /// not allow.
  private static func projection(of fields: [String]) -> BSONDocument {
    var projection: BSONDocument = ["_id": 1]
    for field in fields where !fields.contains(where: { field.hasPrefix($0 + ".") }) { projection[field] = 1 }
    return projection
  }
}
