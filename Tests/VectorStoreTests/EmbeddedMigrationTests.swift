import Domain
import Foundation
import HTTP
import Storage
import TestSupport
import Testing

@testable import VectorStore

/// Files that another version of twin's has made.
@Suite struct EmbeddedMigrationTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// `Fixtures/version-1.sql` says what is in it and how it is made.
  @Test func `a file of the first version is brought up to date, and found and searched`() async throws {
    let path = folder.path("twin.sqlite")
    let fixture = packageRoot.appending(path: "Tests/VectorStoreTests/Fixtures/version-1.sqlite")
    try FileManager.default.copyItem(atPath: fixture.path, toPath: path)
    let store = try await VectorStore.open("sqlite:\(path)", http: HTTPClient())
    let model = EmbeddingModelInfo(name: "by-hand", digest: "1", dimension: 4, maximumTokens: 64)
    #expect(try await store.models() == [.articles: model, .posts: model])
    #expect(try await store.pendingModel() == nil)
    #expect(try await store.states(of: .articles).count == 2)
    #expect(try await store.states(of: .posts).count == 1)

    let bread = Identifier(existing: "00000000-0000-4000-8000-000000000001")
    let chunks = try await store.chunks(of: bread, in: .articles)
    #expect(chunks.map(\.chunk.text) == ["Sourdough rises in the kitchen", "The oven of getUserName2 is warm"])
    #expect(chunks.map(\.vector) == [[1, 0, 0, 0], [0.6, 0.8, 0, 0]])
    #expect(chunks.first?.chunk.chunking == ChunkingMethod(strategy: "markdown", size: 256, overlap: 32))
    #expect(chunks.first?.chunk.headings == ["Bread", "Start"])
    #expect(chunks.allSatisfy { $0.chunk.publishedAt == nil })
    let found = store.collection(EmbeddedChunk.self, of: .articles).documents(where: .isUnlinked)
    var unlinked = 0
    for try await _ in found { unlinked += 1 }
    #expect(unlinked == 3)

    let dense = try await store.search(SearchQuery(text: "", vector: [0.5, 1, 0, 0], mode: .dense, limit: 2))
    #expect(dense.map(\.text) == ["The oven of getUserName2 is warm", "Bees dance"])
    let keyword = try await store.search(SearchQuery(text: "user-name", mode: .keyword))
    #expect(keyword.map(\.text) == ["The oven of getUserName2 is warm"])
    #expect(try await store.search(SearchQuery(text: "елка", mode: .keyword)).map(\.category) == [.posts])

    let driver = try #require(store.driver as? EmbeddedDriver)
    #expect(try await driver.checkIndex() == IndexFindings(chunks: 4))
    try await driver.database.checkIntegrity()
    #expect(try await store.verify().isSound)
    try await store.delete(documents: [bread], in: .articles)
    #expect(try await driver.checkIndex() == IndexFindings(chunks: 2))
    let other = try await VectorStore.open("sqlite:\(path)", http: HTTPClient(), prefix: "other_")
    #expect(try await other.search(SearchQuery(text: "sourdough", mode: .keyword)).map(\.text) == ["Sourdough too"])
  }

  @Test func `a file of a newer version is refused`() async throws {
    let path = folder.path("twin.sqlite")
    let newer = Migration("vector-store-99") { _ in }
    _ = try EmbeddedDatabase(path: path, migrations: VectorStore.migrations + [newer])
    let error = await #expect(throws: StorageError.self) {
      try await VectorStore.open("sqlite:\(path)", http: HTTPClient())
    }
    guard case .newerVersion(path, "vector-store-99") = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.description.contains("newer version of twin") == true)
  }
}
