/// A `SourceState` as the warehouse keeps it, of one source of one author.
struct StoredSourceState: Document, Equatable {
  static let collection = "source_states"

  var id: Identifier
  var source: String
  var authorID: Identifier
  var state: SourceState

  init(_ state: SourceState, source: String, author: Identifier) {
    id = Self.id(source: source, author: author)
    self.source = source
    authorID = author
    self.state = state
  }

  static func id(source: String, author: Identifier) -> Identifier {
    Identifier("source", [author.uuidString, source])
  }

  enum CodingKeys: String, CodingKey {
    case id = "_id"
    case source
    case authorID = "author_id"
    case state
  }
}
