/// Which documents of a collection are read, in which order.
struct Query: Sendable {
  let collection: String
  var condition = FilterCondition.all([])
  /// The identifier follows as the last key, ascending, in any case.
  var order: [OrderKey] = []
  /// At most so many documents.
  var limit: Int?
  /// The paths of the fields that are needed beside `_id`; nil for all.
  var fields: [String]?
  /// How many documents are fetched at once.
  var batchSize = 100
  /// A batch ends with the document that makes it larger than this, in bytes of BSON.
  var maximumBatchBytes = 16 << 20
}
