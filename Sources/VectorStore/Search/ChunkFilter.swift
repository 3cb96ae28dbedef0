import Domain

/// Which chunks count: all that is given must hold. Values reach an engine as bound parameters or JSON strings, so that
/// nothing in them is ever read as a part of a query.
struct ChunkFilter: Sendable {
  var categories: [DataCategory] = DataCategory.allCases
  var authors: [Identifier]?
  var documents: [Identifier]?
  var platform: String?
  var link: String?
}
