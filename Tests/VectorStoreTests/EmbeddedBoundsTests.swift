import Domain
import Foundation
import GRDB
import HTTP
import Storage
import TestSupport
import Testing

@testable import VectorStore

/// What a file keeps of what is deleted, what it takes, and how much is in memory meanwhile.
@Suite struct EmbeddedBoundsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func open() async throws -> VectorStore {
    try await VectorStore.open("sqlite:\(folder.path("twin.sqlite"))", http: HTTPClient())
  }

  @Test func `no byte of what was deleted is in the files after a purge`() async throws {
    let store = try await open()
    try await store.prepare(for: Corpus.model)
    let secret = "xylographer"
    let document = Corpus.document("secret", text: secret)
    let all = (0..<20).map { Corpus.replacement(Corpus.document("other\($0)"), [("words \($0)", [0, 1, 0, 0])]) }
    try await store.replaceChunks(of: document, with: Corpus.chunks(of: document, [(secret, [1, 0, 0, 0])]))
    _ = try await store.replaceChunks(all)
    try await store.delete(documents: [document.id], in: .articles)
    #expect(try await store.purge())
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) {
      let bytes = try Data(contentsOf: folder.url.appending(path: name))
      #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name)")
    }
    #expect(try await store.search(SearchQuery(text: "words", mode: .keyword)).count == 5)
  }

  @Test(arguments: [[0, 0, 0, 0], [Float.nan, 0, 0, 0], [.infinity, 0, 0, 0], [Float(bitPattern: 7), 0, 0, 0]])
  func `a vector that cannot be compared is refused, and harms no other`(vector: [Float]) async throws {
    let store = try await open()
    try await Corpus.fill(store)
    let collection = CollectionReference(kind: .embedded, category: .articles)
    let document = Corpus.document("unusable")
    let chunks = Corpus.chunks(of: document, [("first", [1, 0, 0, 0]), ("second", vector)])
    await #expect(throws: VectorStoreError.self) { try await store.driver.upsert(chunks, into: collection) }
    await #expect(throws: VectorStoreError.self) {
      try await store.driver.replace([DocumentReplacement(document: document, chunks: chunks)], in: .active)
    }
    #expect(try await (store.driver as? EmbeddedDriver)?.checkIndex() == IndexFindings(chunks: 6))
    try await store.driver.upsert([chunks[0]], into: collection)
    #expect(try await store.search(SearchQuery(text: "", vector: [1, 0, 0, 0], mode: .dense, limit: 9)).count == 7)
  }

  @Test func `a copy leaves out a document with a vector that cannot be compared`() async throws {
    let store = try await open()
    try await WholeCorpus.fill(store)
    let damaged = try #require(WholeCorpus.all().first { $0.document.category == .articles })
    try await damage(damaged.chunks[0].id, of: store)
    for engine in Engine.available {
      try await engine.withStore { target in
        let report = try await store.copy(to: target)
        #expect(report.failed == 1 && report.isVerified)
        #expect(try await target.states(of: .articles)[damaged.document.id] == nil)
        #expect(try await target.verify().documents == WholeCorpus.count - 1)
      }
    }
  }

  private func damage(_ chunk: Identifier, of store: VectorStore) async throws {
    let driver = try #require(store.driver as? EmbeddedDriver)
    try await driver.database.write { database in
      try database.execute(
        sql: "UPDATE vector_values SET vector = zeroblob(16) WHERE key = (SELECT key FROM vector_chunks WHERE id = ?)",
        arguments: [chunk.uuidString])
    }
  }

  @Test func `a file of the first version with vectors that cannot be compared is brought up to date`() async throws {
    let path = folder.path("twin.sqlite")
    let fixture = packageRoot.appending(path: "Tests/VectorStoreTests/Fixtures/version-1.sqlite")
    try FileManager.default.copyItem(atPath: fixture.path, toPath: path)
    let queue = try DatabaseQueue(path: path)
    let count = try await queue.write { database in
      // 0x7FC00000 is not a number; the others are zero.
      try database.execute(sql: "UPDATE vector_values SET vector = zeroblob(16)")
      try database.execute(
        sql: "UPDATE vector_values SET vector = x'0000C07F000000000000000000000000' WHERE key % 2 = 0")
      return try Int.fetchOne(database, sql: "SELECT count(*) FROM vector_values") ?? 0
    }
    try queue.close()
    #expect(count > 1)
    let store = try await open()
    #expect(try await store.collection(EmbeddedChunk.self, of: .articles).count() == 0)
    #expect(try await store.states(of: .articles).count == 2)
    #expect(try await store.verify(.contents).documentsWithoutChunks.count > 0)
  }

  @Test func `a transaction of any size has few blocks in memory`() async throws {
    let store = try await open()
    try await store.prepare(for: Corpus.model)
    let driver = try #require(store.driver as? EmbeddedDriver)
    let most = try await driver.database.write { database in
      var random = SeededGenerator(seed: 3)
      let collection = CollectionReference(kind: .embedded, category: .articles)
      let space = try #require(try EmbeddedSpace.find(collection, prefix: "", in: database))
      let writer = ChunkWriter(database, maximumBlocks: 2)
      var most = 0
      let document = Corpus.document("large")
      let pieces = (0..<1500).map { (text: "piece \($0)", vector: random.vector(4)) }
      let chunks = Corpus.chunks(of: document, pieces)
      // Stored, then changed and deleted in any order.
      for chunk in chunks + chunks.shuffled(using: &random).prefix(300) {
        var chunk = chunk
        chunk.vector = random.vector(4)
        try writer.upsert(chunk, in: space)
        most = max(most, writer.blocks.count)
      }
      let deleted = try writer.delete(where: "key % 3 = 0", [], in: space)
      #expect(deleted > 300)
      most = max(most, writer.blocks.count)
      try writer.upsert(chunks[0], in: space)
      try writer.finish()
      return most
    }
    #expect(most == 2)
    #expect(try await driver.checkIndex().isWhole)
    let revisions = try await driver.database.read { database in
      try Int.fetchAll(database, sql: "SELECT revision FROM vector_spaces WHERE category = 'articles'")
    }
    #expect(revisions == [1])
  }

  @Test func `a scan of ever better vectors keeps few of them`() {
    var scan = BlockScan(QuantizedQuery([1, 0, 0, 0]), limit: 3)
    let numbers = 1...60
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: VectorBlock.capacity) { products in
      for number in numbers {
        var block = VectorBlock(number: Int64(number), dimension: 4)
        for slot in 0..<VectorBlock.capacity {
          let score = Float(number * VectorBlock.capacity + slot)
          block[slot] = [score, 0, 0, 0].withUnsafeBufferPointer(QuantizedVector.init)
        }
        scan.scan(block, nil, products: products)
        #expect(scan.count <= 5 * VectorBlock.capacity)
      }
    }
    let last = ChunkKey(block: Int64(numbers.upperBound), slot: VectorBlock.capacity - 1).key
    #expect(scan.candidates.prefix(3).map(\.key) == [last, last - 1, last - 2])
  }
}
