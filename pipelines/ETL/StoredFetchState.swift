/// A `FetchState` as the warehouse keeps it, of one source of one author.
///
/// It has the fields by which a deletion finds what is a person's, or of a link.
struct StoredFetchState: Document, Equatable {
  static let collection = "fetch_states"
  static var indexes: [Index<StoredFetchState>] { [.on(.source)] }

  var id: Identifier
  var source: String
  var authorID: Identifier
  /// The link of the document that a page gave.
  var link: String?
  var state: FetchState

  init(_ state: FetchState, source: String, author: Identifier) {
    id = Identifier("fetch", [author.uuidString, source, state.url])
    self.source = source
    authorID = author
    link = state.use == .page ? state.links.first : nil
    self.state = state
  }

  enum CodingKeys: String, CodingKey {
    case id = "_id"
    case source
    case authorID = "author_id"
    case link, state
  }
}

extension Field where D == StoredFetchState, Value == String {
  static var source: Self { Field("source") }
}

extension Field where D == StoredFetchState, Value == Identifier {
  static var authorID: Self { Field("author_id") }
}
