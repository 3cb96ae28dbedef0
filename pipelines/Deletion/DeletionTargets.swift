/// What belongs to the subject of a deletion, by the names that the stores have for it.
struct DeletionTargets: Sendable {
  /// The names of the person as they are stored; none for a link.
  var names: Set<String> = []
  /// The identifiers of the person; none for a link.
  var authors: Set<Identifier> = []
  /// The users that the warehouse has of the person.
  var users: Set<Identifier> = []
  /// The documents of the warehouse.
  var stored: [DataCategory: Set<Identifier>] = [:]
  /// The documents of collections that are not the warehouse's, whose identifiers may be those of anything elsewhere.
  var own: [String: Set<Identifier>] = [:]
  /// The collections that could not be searched, and why.
  var unsearched: [String: String] = [:]
  /// The documents of the vector store.
  var embedded: [DataCategory: Set<Identifier>] = [:]
  /// How many chunks the vector store has of them.
  var chunks = 0
  /// The documents of the datasets, which the stores may not have any more.
  var written: Set<Identifier> = []
  /// The links of the documents, and the sources that are configured for the person.
  var links: Set<String> = []
  /// The sources that the documents were crawled from.
  var sources: Set<String> = []

  /// All documents.
  var documents: Set<Identifier> {
    var all = written
    for ids in stored.values { all.formUnion(ids) }
    for ids in embedded.values { all.formUnion(ids) }
    return all
  }

  /// Whether no store has anything.
  var isEmpty: Bool { users.isEmpty && documents.isEmpty && own.isEmpty }

  /// Whether a full name is that of the person.
  func isName(_ name: String) -> Bool { authors.contains(User(fullName: name).id) || names.contains(name) }

  /// Whether what was made from a document goes with it.
  func covers(_ document: Identifier, link: String, author: String?) -> Bool {
    isDocument(document) || links.contains(link) || author.map(isName) ?? false
  }

  /// Whether a row of a file is a document or a user that goes, by what it says of itself.
  func owns(_ row: RowIdentity) -> Bool {
    let id = row.id.map { Identifier(existing: $0) }
    if let id, isDocument(id) || authors.contains(id) { return true }
    if let author = row.authorID, authors.contains(Identifier(existing: author)) { return true }
    if let link = row.link, links.contains(link) { return true }
    return [row.authorFullName, row.fullName].contains { $0.map(isName) ?? false }
  }

  private func isDocument(_ id: Identifier) -> Bool {
    written.contains(id) || [stored, embedded].contains { $0.values.contains { $0.contains(id) } }
  }

  /// Finds them in text.
  var redaction: Redaction {
    Redaction(
      names: names.sorted(),
      words: links.union(documents.map(\.uuidString)).union(authors.map(\.uuidString)))
  }
}
