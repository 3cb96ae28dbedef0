import Domain

extension StoredModels {
  /// The collections that ``VectorStoreDriver/prepare(for:)`` leaves as they are, or goes on with, for a model; nil if it
  /// makes new ones beside those that there are.
  func generation(for model: EmbeddingModelInfo) -> Generation? {
    let isChangingToIt = !pending.isEmpty && pending.values.allSatisfy { $0.makesSameVectors(as: model) }
    // An activation that broke off leaves no others.
    if active.isEmpty, isChangingToIt { return .pending }
    let isActive = outdated.isEmpty && active.values.allSatisfy { $0.makesSameVectors(as: model) }
    return isActive ? .active : isChangingToIt ? .pending : nil
  }
}
