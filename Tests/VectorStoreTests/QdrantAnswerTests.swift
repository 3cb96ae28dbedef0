import Domain
import HTTP
import TestSupport
import Testing

@testable import VectorStore

/// Answers that are not as they should be end in an error that says so.
@Suite(.serialized) struct QdrantAnswerTests {
  private static let peer = Result { try TroubledPeer() }

  /// A filled store of a peer that gives requests of the paths this result.
  private func withAnswer(_ pattern: String, _ result: String, _ body: (VectorStore) async throws -> Void) async throws
  {
    let peer = try Self.peer.get()
    let store = try await peer.store(prefix: TroubledPeer.randomPrefix())
    try await Corpus.fill(store)
    try await peer.answer(pattern, with: result)
    do {
      try await body(store)
    } catch {
      try await peer.answerTruly()
      throw error
    }
    try await peer.answerTruly()
    try await store.drop()
  }

  @Test(arguments: ["-1", "9223372036854775807", "1e300", "null"])
  func `counts that no server has are refused`(count: String) async throws {
    let facets = #"{"hits":[{"value":"a","count":\#(count)},{"value":"b","count":\#(count)}]}"#
    for (path, result) in [("count", #"{"count":\#(count)}"#), ("facet", facets)] {
      try await withAnswer(path == "count" ? ".*/points/count" : ".*/facet", result) { store in
        let error = await #expect(throws: VectorStoreError.self) { try await store.statistics() }
        #expect(error?.description.contains("is not the JSON that Qdrant's API describes") == true)
      }
    }
  }

  @Test func `a record of a model whose vectors no server takes is none`() async throws {
    let peer = try Self.peer.get()
    let (store, prefix) = try await filled(peer)
    let collection = try #require(try await peer.collection(behind: "\(prefix)embedded_posts"))
    let id = Identifier("collection", [collection])
    let body =
      #"{"payload":{"model":{"name":"m","digest":"1","dimension":4611686018427387904,"maximum_tokens":1}},"#
      + #""points":["\#(id)"]}"#
    try await peer.send(.post, "/collections/\(prefix)twin_collections/points/payload?wait=true", body)
    #expect(try await store.models()[.posts] == nil)
    #expect(try await store.statistics().collections.count == 4)
    try await peer.send(.delete, "/collections/\(collection)")
    try await store.drop()
  }

  @Test(arguments: [#""00000000-0000-4000-8000-000000000000""#, "0", "7"])
  func `pages that never end are an error`(next: String) async throws {
    let point = #"{"id":"00000000-0000-4000-8000-000000000000","payload":{}}"#
    for points in ["", point] {
      try await withAnswer(".*cleaned_posts/points/scroll", #"{"points":[\#(points)],"next_page_offset":\#(next)}"#) {
        let error = await #expect(throws: VectorStoreError.self) { [store = $0] in try await store.states(of: .posts) }
        #expect(error?.description.contains("the next page begins where this one does, or before") == true)
      }
    }
  }

  @Test func `a change that is only taken to be done later is an error`() async throws {
    let peer = try Self.peer.get()
    let (store, _) = try await filled(peer)
    let ids = Corpus.all[0].chunks.map(\.id)
    let works: [(String, () async throws -> Void)] = [
      ("store points", { _ = try await store.replaceChunks(Corpus.all) }),
      ("mark documents", { try await store.delete(documents: [Corpus.all[0].document.id], in: .articles) }),
      ("delete points", { try await store.collection(CleanedDocument.self, of: .posts).delete(where: .everything) }),
      ("unlink duplicates", { try await store.collection(EmbeddedChunk.self, of: .posts).delete(where: .everything) }),
      (
        "note duplicates",
        {
          try await store.driver.link(
            [.init(id: ids[0], duplicateOf: ids[1])], in: CollectionReference(kind: .embedded, category: .articles))
        }
      ),
    ]
    for (operation, work) in works {
      try await peer.trouble("acknowledged")
      let error = await #expect(throws: VectorStoreError.self) { try await work() }
      try await peer.calm()
      let message = error?.description ?? ""
      #expect(message.contains("was told to \(operation)") && message.contains("“acknowledged”"), "\(message)")
    }
    try await store.drop()
  }

  @Test func `a server that joins no distributions is not asked to`() async throws {
    let peer = try Self.peer.get()
    for version in ["1.10.1", "1.11.0"] {
      try await peer.send(
        .post, "/test/about", #"{"title":"qdrant - vector search engine","version":"\#(version)"}"#)
      let (store, _) = try await filled(peer)
      let query = SearchQuery(
        text: "honey", vector: [0.9, 0.1, 0, 0], limit: 3, categories: [.articles],
        fusion: Fusion(.distributionBased))
      #expect(try await store.search(query).count == 3)
      try await store.drop()
    }
  }

  @Test func `a password is in no message, however it is written`() async throws {
    for url in ["http://ada:pa/ss@127.0.0.1:1", "http:/ada:pass@127.0.0.1:1", "gopher://ada:pa?ss@127.0.0.1:1/x?y=z"] {
      let http = try Self.peer.get().http
      let error = await #expect(throws: VectorStoreError.self) { try await VectorStore.open(url, http: http) }
      let message = error?.description ?? ""
      #expect(message.contains("127.0.0.1:1"), "\(message)")
      #expect(!message.contains("ada") && !message.contains("ss@") && !message.contains("y=z"), "\(message)")
    }
  }

  @Test func `a server finds itself where it is, without the password`() throws {
    let http = try Self.peer.get().http
    for (url, own) in [
      ("http://ada:pw@host:6333/", "http://host:6333"), ("https://host/a@b/", "https://host/a@b"),
      ("http://[::1]:6333", "http://[::1]:6333"),
    ] {
      #expect(QdrantConnection(StoreAddress(url: url, http: http, prefix: "")).ownAddress == own)
    }
  }

  private func filled(_ peer: TroubledPeer) async throws -> (VectorStore, prefix: String) {
    let prefix = TroubledPeer.randomPrefix()
    let store = try await peer.store(prefix: prefix)
    try await Corpus.fill(store)
    return (store, prefix)
  }
}
