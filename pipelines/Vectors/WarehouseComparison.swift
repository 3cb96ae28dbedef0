/// How the documents of the vector store compare with those of the warehouse: what the next run of `features` has to do
/// because of them. A changed model or configuration is none of it; `twin plan features` says that.
public struct WarehouseComparison: Codable, Sendable, Hashable {
  /// Some documents, of which the first are named.
  public struct Documents: Codable, Sendable, Hashable {
    /// How many links or identifiers are kept; ``count`` counts them all.
    public static let maximumNames = 100

    /// How many.
    public var count = 0
    /// The first of them, by link; where that is not known, by identifier.
    public var names: [String] = []

    mutating func note(_ name: String) {
      count += 1
      if names.count < Self.maximumNames { names.append(name) }
    }
  }

  /// Documents of the warehouse that the vector store does not have: `features` makes them.
  public var missing = Documents()
  /// Documents that have changed in the warehouse since they were made: `features` makes them again.
  public var changed = Documents()
  /// Documents of the warehouse that cannot be read.
  public var unreadable = Documents()
  /// Documents that the warehouse no longer has: `features` deletes them.
  public var gone = Documents()
  /// Documents that the warehouse does not have, of authors that runs with this configuration leave out: `twin delete`
  /// deletes them.
  public var leftOver = Documents()

  enum CodingKeys: String, CodingKey {
    case missing, changed, unreadable, gone
    case leftOver = "left_over"
  }

  /// Whether `features` has nothing to do because of the warehouse.
  public var isSame: Bool { [missing, changed, gone].allSatisfy { $0.count == 0 } }

  /// Compares all documents; the texts stream through, identifiers, hashes and states are kept in memory.
  ///
  /// - Throws: what keeps the warehouse, which must be there, from being read.
  init(of vectors: VectorStore, on stores: Stores) async throws {
    let warehouse = try await stores.existingWarehouse()
    let names = Set(stores.configuration.authors.map { $0.name.lowercased() })
    let users = try await warehouse.users()
    let covered = users.filter { names.isEmpty || names.contains($0.fullName.lowercased()) }.map(\.id)
    let survey = try await DocumentSurvey(
      of: warehouse, DataCategory.allCases, authors: users.map(\.id), Cleaner(stores.configuration).boilerplate)
    for document in survey.unreadable { unreadable.note(document.itemName) }
    for category in DataCategory.allCases { try await compare(category, survey, vectors, covered: Set(covered)) }
  }

  private mutating func compare(
    _ category: DataCategory, _ survey: DocumentSurvey, _ vectors: VectorStore, covered: Set<Identifier>
  ) async throws {
    var states = try await vectors.states(of: category)
    for document in survey.unreadable where document.category == category { states[document.id] = nil }
    for entry in survey.entries where entry.reference.category == category {
      let state = states.removeValue(forKey: entry.reference.id)
      guard covered.contains(entry.author) else { continue }
      if let state, state.isComplete {
        if state.inputHash != entry.inputHash { changed.note(entry.link) }
      } else {
        missing.note(entry.link)
      }
    }
    let own = Set(try await vectors.states(of: category, authors: Array(covered)).keys)
    for id in states.keys.sorted() {
      if own.contains(id) { gone.note(id.uuidString) } else { leftOver.note(id.uuidString) }
    }
  }
}
