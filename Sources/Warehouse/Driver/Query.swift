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
  /// How many documents are fetched at once, if they are small: see ``maximumBatchBytes``.
  var batchSize = 1000
  /// A batch ends with the document that makes it larger than this, in bytes of BSON. With a document of the largest
  /// size that is 32 MiB; on MongoDB an answer of the server's is beside it, which is at most 16 MiB.
  var maximumBatchBytes = 16 << 20
}
