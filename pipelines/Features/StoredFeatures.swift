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
}

/// What became of a document since the last run.
public struct DocumentChange: Sendable, Codable, Hashable {
  /// What a run has to do.
  public enum Kind: String, Sendable, Codable {
    /// It is to be made: it is new, has changed, or other code or parameters made it.
    case changed
    /// It is as it was.
    case unchanged
    /// It cannot be read: what there is of it stays.
    case unreadable
  }

  /// Its identifier.
  public var id: Identifier
  /// What kind of writing it is.
  public var category: DataCategory
  /// What has to be done.
  public var kind: Kind
}

/// A document of the vector store by name.
public struct StoredDocument: Sendable, Codable, Hashable {
  /// Its identifier.
  public var id: Identifier
  /// What kind of writing it is.
  public var category: DataCategory
}

/// The vector store after the run's documents are loaded.
public struct ActivatedStore: Sendable, Codable, Hashable {
  /// The model whose vectors were replaced; nil if none were.
  public var replacedVectorsOf: String?
  /// How many documents the change of the model still waits for.
  public var waitsFor = 0
  /// The model of another change that the run gave up.
  public var abandonedModel: String?
  /// The model of another change that is under way.
  public var changesTo: String?
}
