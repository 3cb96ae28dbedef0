import Domain
import Synchronization

@testable import VectorStore

/// A driver whose changes to links fail after some of them, as when the process ends there.
final class FaultyDriver: VectorStoreDriver {
  struct Fault: Error {}

  static let schemes = ["faulty"]
  private let base: any VectorStoreDriver
  private let remaining: Mutex<Int>

  /// - Parameter changes: how many pass.
  init(_ base: any VectorStoreDriver, after changes: Int) {
    self.base = base
    remaining = Mutex(changes)
  }

  static func open(_ address: StoreAddress) async throws -> any VectorStoreDriver { throw Fault() }

  private func change() throws {
    let passes = remaining.withLock { remaining in
      remaining -= 1
      return remaining >= 0
    }
    if !passes { throw Fault() }
  }

  func link(_ links: [DuplicateLink], in collection: CollectionReference) async throws {
    try change()
    try await base.link(links, in: collection)
  }

  func unlink(_ ids: [Identifier], in collection: CollectionReference) async throws {
    try change()
    try await base.unlink(ids, in: collection)
  }

  // MARK: What passes

  var engine: String { base.engine }
  var location: String { base.location }
  var prefix: String { base.prefix }

  func models() async throws -> StoredModels { try await base.models() }
  func prepare(for model: EmbeddingModelInfo) async throws -> PreparationOutcome { try await base.prepare(for: model) }
  func activate() async throws { try await base.activate() }
  func dropPending() async throws -> EmbeddingModelInfo? { try await base.dropPending() }
  func drop() async throws { try await base.drop() }
  func hasCollections() async throws -> Bool { try await base.hasCollections() }
  func purge() async throws -> Bool { try await base.purge() }

  func replace(_ replacements: [DocumentReplacement], in generation: Generation) async throws -> StoredCounts {
    try await base.replace(replacements, in: generation)
  }
  func upsert<Document: VectorDocument>(_ documents: [Document], into collection: CollectionReference) async throws {
    try await base.upsert(documents, into: collection)
  }
  func delete(documents ids: [Identifier], in category: DataCategory) async throws -> Int {
    try await base.delete(documents: ids, in: category)
  }
  func delete(where filter: VectorFilter, from collection: CollectionReference) async throws -> Int {
    try await base.delete(where: filter, from: collection)
  }
  func states(
    of category: DataCategory, authors: [Identifier]?, in generation: Generation, from cursor: Identifier?
  ) async throws -> Page<IdentifiedState> {
    try await base.states(of: category, authors: authors, in: generation, from: cursor)
  }
  func page<Document: VectorDocument>(
    of type: Document.Type, in collection: CollectionReference, where filter: VectorFilter, from cursor: Identifier?
  ) async throws -> Page<Document> {
    try await base.page(of: type, in: collection, where: filter, from: cursor)
  }
  func references(
    in collection: CollectionReference, where filter: VectorFilter, from cursor: Identifier?
  ) async throws -> Page<ChunkReference> {
    try await base.references(in: collection, where: filter, from: cursor)
  }
  func count(where filter: VectorFilter, in collection: CollectionReference) async throws -> Int {
    try await base.count(where: filter, in: collection)
  }
  func counts(
    by field: VectorField, where filter: VectorFilter, in collection: CollectionReference
  ) async throws -> [String: Int] {
    try await base.counts(by: field, where: filter, in: collection)
  }
  func authorName(where filter: VectorFilter, in collection: CollectionReference) async throws -> String? {
    try await base.authorName(where: filter, in: collection)
  }
  func nearest(to vector: [Float], _ search: ChunkSearch) async throws -> [ScoredChunk] {
    try await base.nearest(to: vector, search)
  }
  func nearest(toEach vectors: [[Float]], _ search: ChunkSearch) async throws -> [[ScoredChunk]] {
    try await base.nearest(toEach: vectors, search)
  }
  func matching(_ terms: [String], _ search: ChunkSearch) async throws -> [ScoredChunk] {
    try await base.matching(terms, search)
  }
}
