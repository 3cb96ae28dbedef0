/// One batch of the documents that a filter means.
struct Query<D: Document>: Sendable {
  /// How many documents a batch has unless the caller says otherwise.
  static var defaultLimit: Int { 100 }

  let collection: String
  let filter: Filter<D>
  /// Only documents with a greater identifier.
  private(set) var after: String?
  var limit = Self.defaultLimit

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
