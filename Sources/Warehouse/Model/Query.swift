/// One batch of the documents that a filter means.
struct Query<D: Document>: Sendable {
  let collection: String
  let filter: Filter<D>
  /// Only documents with a greater identifier.
  private(set) var after: String?
  /// How many documents the batch has at most.
  var limit = 100
  /// The batch ends with the document that makes it larger than this, in bytes of the store's encoding.
  var maximumBytes = 32 << 20

  init(collection: String, filter: Filter<D>) {
    self.collection = collection
    self.filter = filter
  }

  func after(_ id: String) -> Query {
    var query = self
    query.after = id
    return query
  }
}
