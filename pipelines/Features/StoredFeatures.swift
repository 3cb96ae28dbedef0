/// What the vector store has: each document's state, by category and identifier.
public struct StoredFeatures: Sendable, Codable {
  /// The states of a category's documents, by the text of their identifiers.
  public var states: [String: [String: DocumentState]] = [:]
  /// The identifiers of a category's documents that searches find while they are made anew in other collections, which
  /// may not have them yet.
  public var superseded: [String: [String]] = [:]

  /// The state of one document; nil if it is not there.
  func state(of id: Identifier, in category: DataCategory) -> DocumentState? {
    states[category.rawValue]?[id.uuidString]
  }

  /// Every document that is there, in a fixed order.
  var references: [DocumentReference] {
    DataCategory.allCases.sorted().flatMap { category in
      Set(states[category.rawValue, default: [:]].keys).union(superseded[category.rawValue, default: []]).sorted()
        .map { DocumentReference(id: Identifier(existing: $0), category: category) }
    }
  }
}
