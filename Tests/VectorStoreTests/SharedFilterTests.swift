import Domain
import Foundation
import TestSupport
import Testing
import VectorStore

/// Filters of any shape let pass, on every engine, what an evaluator here lets pass.
@Suite struct SharedFilterTests {
  @Test(arguments: Engine.available)
  func `what passes a filter of any shape is read and counted`(engine: Engine) async throws {
    try await engine.withStore { store in
      let samples = try await FilterSamples.fill(store)
      let (documents, chunks) = (
        store.collection(CleanedDocument.self, of: .articles), store.collection(EmbeddedChunk.self, of: .articles)
      )
      var random = SeededGenerator(seed: 20)
      for _ in 0..<60 {
        let filter = samples.filter(depth: 3, using: &random)
        let expectedDocuments = samples.documents.filter { filter.passes($0) }.map(\.id).sorted()
        #expect(try await documents.count(where: filter) == expectedDocuments.count, "\(filter)")
        #expect(try await ids(documents.documents(where: filter)) == expectedDocuments, "\(filter)")
        let expectedChunks = samples.chunks.filter { filter.passes($0) }.map(\.chunk.id).sorted()
        #expect(try await chunks.count(where: filter) == expectedChunks.count, "\(filter)")
        #expect(try await ids(chunks.documents(where: filter)) == expectedChunks, "\(filter)")
        let query = SearchQuery(text: "", vector: [1, 0, 0, 0], mode: .dense, limit: 100, filter: filter)
        // Searches may leave out duplicates.
        let found = Set(try await store.search(query).map(\.id))
        #expect(found.isSubset(of: expectedChunks), "\(filter)")
      }
    }
  }

  @Test(arguments: Engine.available)
  func `what passes a filter is counted by each field`(engine: Engine) async throws {
    try await engine.withStore { store in
      let samples = try await FilterSamples.fill(store)
      var random = SeededGenerator(seed: 21)
      for _ in 0..<8 {
        let filter = samples.filter(depth: 2, using: &random)
        for field in VectorField.allCases {
          let documents = samples.documents.filter { filter.passes($0) }.compactMap { $0.value(of: field) }
          let counted = try await store.collection(CleanedDocument.self, of: .articles).counts(by: field, where: filter)
          #expect(counted == histogram(documents), "\(field) of documents, \(filter)")
          let chunks = samples.chunks.filter { filter.passes($0) }
          let stored = try await store.collection(EmbeddedChunk.self, of: .articles).counts(by: field, where: filter)
          guard field != .textDigest else {
            // What a digest is like is the store's own affair; how many there are of each is not.
            let expected = histogram(chunks.map(\.chunk.chunk.text)).values.sorted()
            #expect(stored.values.sorted() == expected, "\(filter)")
            continue
          }
          #expect(stored == histogram(chunks.compactMap { $0.value(of: field) }), "\(field) of chunks, \(filter)")
        }
      }
    }
  }

  @Test(arguments: Engine.available)
  func `what passes a filter is deleted, and nothing else`(engine: Engine) async throws {
    for seed in 30..<36 as Range<UInt64> {
      try await engine.withStore { store in
        let samples = try await FilterSamples.fill(store)
        let (documents, chunks) = (
          store.collection(CleanedDocument.self, of: .articles), store.collection(EmbeddedChunk.self, of: .articles)
        )
        var random = SeededGenerator(seed: seed)
        let filter = samples.filter(depth: 2, using: &random)
        let kept = samples.chunks.filter { !filter.passes($0) }
        #expect(try await chunks.delete(where: filter) == samples.chunks.count - kept.count, "\(filter)")
        #expect(try await ids(chunks.documents()) == kept.map(\.chunk.id).sorted(), "\(filter)")
        // Those whose representative is gone are unlinked.
        let keptIDs = Set(kept.map(\.chunk.id))
        let orphans = kept.filter { sample in
          if case .duplicate(let of) = sample.link { return !keptIDs.contains(of) }
          return sample.link == .unlinked
        }
        #expect(try await ids(chunks.documents(where: .isUnlinked)) == orphans.map(\.chunk.id).sorted(), "\(filter)")
        let stay = samples.documents.filter { !filter.passes($0) }
        #expect(try await documents.delete(where: filter) == samples.documents.count - stay.count, "\(filter)")
        #expect(try await ids(documents.documents()) == stay.map(\.id).sorted(), "\(filter)")
      }
    }
  }

  private func ids<Document: VectorDocument>(_ documents: StoredSequence<Document>) async throws -> [Identifier] {
    var ids: [Identifier] = []
    for try await document in documents { ids.append(document.id) }
    return ids
  }

  private func histogram(_ values: [String]) -> [String: Int] {
    values.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }
}
