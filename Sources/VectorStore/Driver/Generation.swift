import Domain

/// A store's collections may be there twice: those that searches read, and beside them those that a change of the model
/// is filling.
enum Generation: String, Codable, CaseIterable, Sendable {
  /// What is read and written.
  case active
  /// What is being filled with another model's vectors, and takes the place of the active one when it is complete.
  case pending
}

/// The model of each category's vectors, of the categories that exist.
struct StoredModels: Sendable, Equatable {
  var active: [DataCategory: EmbeddingModelInfo] = [:]
  var pending: [DataCategory: EmbeddingModelInfo] = [:]
  /// The active categories whose collections have the form of an earlier version of twin's, and are filled anew for
  /// whatever model.
  var outdated: Set<DataCategory> = []

  subscript(generation: Generation) -> [DataCategory: EmbeddingModelInfo] {
    switch generation {
    case .active: active
    case .pending: pending
    }
  }
}

/// One collection of a store.
struct CollectionReference: Hashable, Sendable {
  var kind: CollectionKind
  var category: DataCategory
  var generation: Generation = .active
}
