import Domain

@testable import VectorStore

extension VectorStore {
  /// Says of chunks that they say the same as another one, as loading does when it finds that out.
  func note(_ duplicates: [Identifier], of original: Identifier, in category: DataCategory) async throws {
    try await driver.link(
      duplicates.map { DuplicateLink(id: $0, duplicateOf: original) },
      in: CollectionReference(kind: .embedded, category: category))
  }
}
