import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Pipelines

/// One client for each store and one loaded model, however many ask for them at once.
@Suite struct StoresTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("# One\n\nWhat I think of one.\n", to: "notes/one.md")
  }

  private func stores(
    vectors: String = "sqlite:data/twin.sqlite", model: String = "hash",
    load: @escaping @Sendable (Configuration, String) throws -> any Embedder = { _, _ in HashEmbedder() }
  ) throws -> Stores {
    let yaml = "author: Ada Example\nsources: [notes]\nembedding: {model: \(model)}\nvectors: \(vectors)\n"
    let path = try folder.write(yaml, to: "twin.yaml")
    return Stores(try Configuration(path: path, environment: [:]), loadEmbedder: load)
  }

  /// What a thousand tasks get that ask at once.
  private func thousand<Value: Sendable>(
    _ use: @escaping @Sendable () async throws -> Value
  ) async throws -> [Value] {
    try await withThrowingTaskGroup(of: Value.self) { group in
      for _ in 0..<1000 { group.addTask { try await use() } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  /// How many descriptors of this process lead to a file.
  private func descriptors(of path: String) throws -> Int {
    var (file, other) = (stat(), stat())
    try #require(stat(path, &file) == 0)
    return (Int32(0)..<Int32(min(sysconf(Int32(_SC_OPEN_MAX)), 65_536))).count { descriptor in
      fstat(descriptor, &other) == 0 && other.st_ino == file.st_ino && other.st_dev == file.st_dev
    }
  }

  @Test func `a thousand first uses at once load the model once`() async throws {
    let loaded = Counter()
    let stores = try stores { _, _ in
      loaded.next()
      return HashEmbedder()
    }
    #expect(try await thousand { try await stores.embedder().embed(["one"]).count }.count == 1000)
    #expect(loaded.count == 1)
  }

  @Test func `a model that could not be loaded is loaded by the next use`() async throws {
    let loaded = Counter()
    let stores = try stores { _, _ in
      if loaded.next() == 1 {
        throw EmbeddingError.notInstalled(name: "x", missing: "/nowhere")
      }
      return HashEmbedder()
    }
    await #expect(throws: EmbeddingError.self) { try await stores.embedder() }
    #expect(try await stores.embedder().model == HashEmbedder().model)
    #expect(loaded.count == 2)
  }

  @Test func `a thousand searches at once load the model of the stored vectors once, whatever is configured`()
    async throws
  {
    let hash = try stores()
    #expect(try await PipelineRunner(hash).run(.etl).status == .succeeded)
    #expect(try await PipelineRunner(hash).run(.features).status == .succeeded)
    let loaded = Mutex<[String]>([])
    let ahead = try stores(model: EmbeddingModels.miniLM) { _, name in
      loaded.withLock { $0.append(name) }
      guard name == HashEmbedder.name else { throw EmbeddingError.notInstalled(name: name, missing: "/nowhere") }
      return HashEmbedder()
    }
    var request = SearchRequest("what of one?", as: ahead.configuration)
    request.mode = .dense
    let found = try await thousand { [request] in try await ahead.search(request).count }
    #expect(found == Array(repeating: 1, count: 1000))
    #expect(loaded.withLock { $0 } == ["hash"])
    // A run has its own, of the configured name, and does not get the other.
    await #expect(throws: EmbeddingError.self) { try await ahead.embedder() }
    #expect(loaded.withLock { $0 } == ["hash", EmbeddingModels.miniLM])
  }

  @Test func `models of names that nobody knows are not kept`() async throws {
    let loaded = Counter()
    let stores = try stores { _, name in
      loaded.next()
      throw EmbeddingError.notInstalled(name: name, missing: "/nowhere")
    }
    let strange = EmbeddingModelInfo(name: "strange", digest: "1", dimension: 3, maximumTokens: 4)
    for count in 1...3 {
      await #expect(throws: PipelineError.self) { try await stores.embedder(for: strange) }
      #expect(loaded.count == count)
    }
  }

  @Test func `previews, runs and migrations share one loaded model`() async throws {
    let loaded = Counter()
    let runner = PipelineRunner(
      try stores { _, _ in
        loaded.next()
        return HashEmbedder()
      })
    #expect(try await runner.run(.etl).status == .succeeded)
    #expect(loaded.count == 0)
    _ = try await runner.preview(.features)
    #expect(try await runner.run(.features).status == .succeeded)
    #expect(try await runner.migrateVectors().status == .unchanged)
    #expect(loaded.count == 1)
  }

  @Test func `a thousand first uses at once open an embedded store once`() async throws {
    let stores = try stores()
    let vectors = try await thousand {
      let store = try await stores.vectors()
      _ = try await store.models()
      return store
    }
    // One pool: a writer, and at most five readers (GRDB's `maximumReaderCount`).
    let path = folder.path("data/twin.sqlite")
    let one = try descriptors(of: path)
    #expect(vectors.count == 1000 && (1...6).contains(one), "\(one) descriptors")
    let warehouses = try await thousand {
      let warehouse = try await stores.warehouse()
      _ = try await warehouse.information()
      return warehouse
    }
    let both = try descriptors(of: path)
    #expect(warehouses.count == 1000 && (one + 1...one + 6).contains(both), "\(both) descriptors")
  }

  @Test func `a thousand first uses at once connect to Qdrant once`() async throws {
    let peer = try PeerServer("qdrant_server.py")
    defer { peer.stop() }
    let url = "http://127.0.0.1:\(peer.port)"
    let stores = try stores(vectors: url)
    let versions = try await thousand { try await stores.vectors().engine }
    #expect(versions.count == 1000 && Set(versions).count == 1)
    #expect(try await requests(url)["GET /"] == 1)
    // Of other stores the configuration may be another.
    _ = try await self.stores(vectors: url).vectors()
    #expect(try await requests(url)["GET /"] == 2)
  }

  @Test func `a server that did not answer is asked again by the next use`() async throws {
    let peer = try PeerServer("qdrant_server.py")
    defer { peer.stop() }
    let url = "http://127.0.0.1:\(peer.port)"
    let stores = try stores(vectors: url)
    try await send(.post, "\(url)/test/about", #"{"title": "something else", "version": "1.15.0"}"#)
    await #expect(throws: VectorStoreError.self) { try await stores.vectors() }
    try await send(.post, "\(url)/test/about", #"{"title": "qdrant", "version": "1.15.0"}"#)
    #expect(try await stores.vectors().engine == "Qdrant 1.15.0")
  }

  @Test func `a file that is gone is not taken for a store that must be there`() async throws {
    let stores = try stores()
    await #expect(throws: VectorStoreError.self) { try await stores.existingVectors() }
    #expect(!FileManager.default.fileExists(atPath: folder.path("data/twin.sqlite")))
    _ = try await stores.vectors()
    #expect(try await stores.existingVectors().location == stores.vectors().location)
  }

  /// How often the peer was asked for what.
  private func requests(_ url: String) async throws -> [String: Int] {
    try JSONDecoder().decode([String: Int].self, from: try await send(.get, "\(url)/test/requests"))
  }

  @discardableResult
  private func send(_ method: HTTPRequest.Method, _ url: String, _ body: String = "") async throws -> Data {
    let request = HTTPRequest(
      method, url, headers: ["Content-Type": "application/json"], body: body.isEmpty ? nil : Array(body.utf8),
      trust: .configured)
    let response = try await HTTPClient().send(request)
    try #require(response.status == 200)
    return Data(response.body)
  }
}
