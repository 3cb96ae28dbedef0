import Domain
import Synchronization
import TestSupport
import Testing

@testable import VectorStore

/// What others store in the target while a copy is made beside it.
@Suite struct CopyRaceTests {
  private static let id = "0e6f0b5f-6c3e-4bd4-9b1a-000000000001"

  /// Stores one more document in the file, as another process does.
  private func storeAnother(in store: VectorStore) throws {
    let script = """
      import sqlite3, sys
      with sqlite3.connect(sys.argv[1]) as database:
          database.execute('''
            INSERT INTO vector_documents
              (space, id, link, platform, author_id, author, title, path, published_at, input_hash, fingerprint, text)
            SELECT space, ?, link || 'x', platform, author_id, author, title, path, published_at, input_hash, fingerprint,
              text
            FROM vector_documents JOIN vector_spaces ON vector_spaces.key = space
            WHERE generation = 'active' AND category = 'posts' LIMIT 1''', [sys.argv[2]])
      """
    let path = try #require(store.location.embeddedPath)
    let process = try ChildProcess(testPython, ["-c", script, path, Self.id])
    #expect(process.wait() == 0)
  }

  @Test func `a document that came meanwhile is not dropped`() async throws {
    try await Engine.embedded.withStore { source in
      try await Engine.embedded.withStore { target in
        try await WholeCorpus.fill(source)
        try await WholeCorpus.fill(target, model: Corpus.otherModel)
        let isFirst = Mutex(true)
        let error = await #expect(throws: VectorStoreError.self) {
          try await source.copy(to: target) { _ in
            guard isFirst.withLock({ first in (first, first = false).0 }) else { return }
            #expect(throws: Never.self) { try storeAnother(in: target) }
          }
        }
        #expect(error?.description.contains("1 of its documents") == true, "\(String(describing: error))")
        #expect(try await target.models()[.posts] == Corpus.otherModel)
        #expect(try await target.states(of: .posts)[Identifier(existing: Self.id)] != nil)
      }
    }
  }
}
