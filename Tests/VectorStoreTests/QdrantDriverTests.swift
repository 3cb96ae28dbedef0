import Domain
import Foundation
import HTTP
import TestSupport
import Testing
import VectorStore

@Suite struct QdrantDriverTests {
  @Test func `a collection that twin did not make is refused before anything is changed`() async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    try await peer.send(
      .put, "/collections/\(prefix)embedded_repositories", #"{"vectors":{"size":4,"distance":"Cosine"}}"#)
    func collections() async throws -> [Substring] {
      let reply = try await peer.send(.get, "/collections").1
      return reply.split(separator: "\"").filter { $0.hasPrefix(prefix) }
    }
    let store = try await peer.store(prefix: prefix)
    let error = await #expect(throws: VectorStoreError.self) { try await store.prepare(for: Corpus.model) }
    #expect(error?.description.contains("embedded_repositories") == true)
    try await store.drop()
    #expect(try await collections() == ["\(prefix)embedded_repositories"])
    try await peer.store(prefix: "\(prefix)mine_").prepare(for: Corpus.model)
  }

  @Test func `payloads lie on disk, and words count by how rare they are`() async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    let store = try await peer.store(prefix: prefix)
    try await store.prepare(for: Corpus.model)
    for category in DataCategory.allCases {
      let description = try await peer.send(.get, "/collections/\(prefix)embedded_\(category.rawValue)").1
      #expect(description.contains(#""on_disk_payload": true"#), "\(description)")
      #expect(description.contains(#""bm25": {"modifier": "idf"}"#), "\(description)")
      #expect(description.contains(#""dense": {"size": 4, "distance": "Cosine""#), "\(description)")
      let documents = try await peer.send(.get, "/collections/\(prefix)cleaned_\(category.rawValue)").1
      #expect(documents.contains(#""on_disk_payload": true"#) && documents.contains(#""vectors": {}"#), "\(documents)")
    }
    try await store.drop()
  }

  @Test func `what others keep under a name of ours is not read`() async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    try await peer.send(.put, "/collections/\(prefix)cleaned_posts", #"{"vectors":{}}"#)
    let store = try await peer.store(prefix: prefix)
    #expect(try await store.states(of: .posts, authors: [Identifier("user", ["Ada"])]).isEmpty)
    let error = await #expect(throws: VectorStoreError.self) { try await store.prepare(for: Corpus.model) }
    #expect(error?.description.contains("vectors.prefix") == true)
  }

  @Test func `a name of ours that leads to another's collection is refused`() async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    try await peer.send(.put, "/collections/\(prefix)x", #"{"vectors":{"dense":{"size":4,"distance":"Cosine"}}}"#)
    try await peer.send(
      .post, "/collections/aliases",
      #"{"actions":[{"create_alias":{"alias_name":"\#(prefix)embedded_posts","collection_name":"\#(prefix)x"}}]}"#)
    let store = try await peer.store(prefix: prefix)
    let error = await #expect(throws: VectorStoreError.self) { try await store.prepare(for: Corpus.model) }
    #expect(error?.description.contains("\(prefix)x, where that name leads, is not recorded") == true)
    try await store.drop()
    #expect(try await peer.send(.get, "/collections/\(prefix)x").0 == 200)
  }

  @Test func `collections of the earlier version are filled anew beside, then replaced`() async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    try await peer.makeEarlierCollections(prefix: prefix)
    let store = try await peer.store(prefix: prefix)
    let outcome = try await store.prepare(for: Corpus.model)
    #expect(outcome.remade == DataCategory.allCases && outcome.previousModel == Corpus.model && !outcome.isResumed)
    #expect(try await store.states(of: .posts).count == 1)
    // The model is the same, but nothing of the former is in the new ones.
    #expect(try await store.states(of: .posts, madeBy: Corpus.model).isEmpty)
    let loaded = try await store.replaceChunks(Corpus.all)
    #expect(loaded.documents == 4)
    #expect(try await store.activate() == Corpus.model)
    #expect(try await store.states(of: .posts).keys.map(\.self) == [Corpus.all[3].document.id])
    #expect(try await peer.collection(behind: "\(prefix)cleaned_posts") != nil)
    #expect(try await store.prepare(for: Corpus.model) == PreparationOutcome())
    #expect(try await peer.collections(prefix: prefix).count == 7)
  }

  @Test(arguments: ["drop", "lose-answer"])
  func `the replacement of the earlier version's collections, broken off anywhere, is completed`(
    kind: String
  ) async throws {
    let peer = try TroubledPeer()
    var changes = 0
    while true {
      let prefix = TroubledPeer.randomPrefix()
      try await peer.makeEarlierCollections(prefix: prefix)
      let store = try await peer.store(prefix: prefix)
      try await store.prepare(for: Corpus.model)
      _ = try await store.replaceChunks(Corpus.all)
      try await peer.trouble(kind, after: changes)
      let isThrough = await (try? store.activate()) != nil
      try await peer.calm()
      let next = try await peer.store(prefix: prefix)
      // The next run prepares before it does anything else.
      if try await next.prepare(for: Corpus.model).isChangingModel { try await next.activate() }
      #expect(try await next.pendingModel() == nil)
      #expect(try await next.verify().documents == 4)
      #expect(try await peer.collections(prefix: prefix).count == 7)
      try await next.drop()
      if isThrough { break }
      changes += 1
    }
    // One mark, six collections of the earlier version, their records, the aliases.
    #expect(changes == 9)
  }

  @Test func `when half of a category was removed by hand, it is made anew`() async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    try await Corpus.fill(try await peer.store(prefix: prefix))
    let collection = try #require(try await peer.collection(behind: "\(prefix)embedded_articles"))
    try await peer.send(.delete, "/collections/\(collection)")
    let store = try await peer.store(prefix: prefix)
    #expect(try await store.prepare(for: Corpus.model).remade == [.articles])
    #expect(try await store.states(of: .articles).isEmpty)
    #expect(try await store.states(of: .posts).count == 1)
  }

  @Test func `the key is sent, asked for, and never shown`() async throws {
    let peer = try TroubledPeer(arguments: ["--api-key", "s3cret"])
    try await Corpus.fill(try await peer.store(apiKey: "s3cret"))
    for key in [nil, "wr0ng"] {
      let error = await #expect(throws: VectorStoreError.self) { try await peer.store(apiKey: key) }
      let message = try #require(error?.description)
      #expect(message.contains("API key") && !message.contains("wr0ng"))
    }
  }

  @Test func `a server that is down is named, with what to do, and without the password`() async throws {
    // Nothing listens on the port of tcpmux.
    let url = "http://ada:passw0rd@127.0.0.1:1/"
    var impatient = HTTPClientConfiguration()
    impatient.maximumAttempts = 1
    let http = HTTPClient(configuration: impatient)
    let error = await #expect(throws: VectorStoreError.self) { try await VectorStore.open(url, http: http) }
    let message = try #require(error?.description)
    #expect(message.hasPrefix("cannot reach Qdrant at http://127.0.0.1:1: "))
    #expect(message.contains("Start it") && !message.contains("passw0rd"))
  }

  @Test func `an old version and another server are refused`() async throws {
    let peer = try TroubledPeer()
    try await peer.send(.post, "/test/about", #"{"title":"qdrant - vector search engine","version":"1.9.7"}"#)
    await #expect(
      throws: VectorStoreError.unsupportedVersion(store: peer.url, version: "1.9.7", minimum: "1.10.0")
    ) {
      try await peer.store()
    }
    try await peer.send(.post, "/test/about", #"{"title":"another search engine","version":"1.15.0"}"#)
    await #expect(throws: VectorStoreError.notQdrant(store: peer.url, reason: "it does not say so")) {
      try await peer.store()
    }
    try await peer.send(.post, "/test/about", #"{"title":"qdrant - vector search engine","version":"1.10.0-dev"}"#)
    #expect(try await peer.store().engine == "Qdrant 1.10.0-dev")
  }

  @Test func `the stored words are hashed by FNV-1a and weighted by BM25`() async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    let store = try await peer.store(prefix: prefix)
    try await store.prepare(for: Corpus.model)
    let document = Corpus.document("one")
    var chunks = Corpus.chunks(of: document, [("foobar A foobar", [1, 0, 0, 0])])
    chunks[0].chunk.headings = []
    try await store.replaceChunks(of: document, with: chunks)
    let (_, body) = try await peer.send(
      .post, "/collections/\(prefix)embedded_articles/points/scroll", #"{"with_vector":["bm25"],"with_payload":false}"#)
    struct Reply: Decodable {
      struct Result: Decodable { var points: [Point] }
      struct Point: Decodable { var vector: [String: Sparse] }
      struct Sparse: Decodable {
        var indices: [UInt32]
        var values: [Double]
      }
      var result: Result
    }
    let sparse = try #require(
      try JSONDecoder().decode(Reply.self, from: Data(body.utf8)).result.points.first?.vector["bm25"])
    // 0xbf9cf968 and 0xe40c292c are the hashes of "foobar" and "a" in the FNV authors' own test vectors.
    #expect(sparse.indices == [0xbf9c_f968, 0xe40c_292c])
    let norm = 1.2 * (0.25 + 0.75 * 3 / 256)
    let expected = [2 * 2.2 / (2 + norm), 2.2 / (1 + norm)]
    for (value, expected) in zip(sparse.values, expected) { #expect(abs(value - expected) < 1e-5) }
  }

  @Test func `points have the fields that others look for`() async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    let store = try await peer.store(prefix: prefix)
    try await Corpus.fill(store)
    var document = Corpus.document("dated", category: .posts)
    document.publishedAt = Date(timeIntervalSince1970: 1_741_478_400)
    document.title = "Dated"
    let dated = Corpus.chunks(of: document, [("A dated text", [1, 0, 0, 0])])
    try await store.replaceChunks(of: document, with: dated)
    let (_, answer) = try await peer.send(
      .post, "/collections/\(prefix)embedded_posts/points/scroll",
      #"{"filter":{"must":[{"has_id":["\#(dated[0].id)"]}]}}"#)
    let reply = try JSONDecoder().decode(PayloadReply.self, from: Data(answer.utf8))
    #expect(reply.result.points == [PayloadReply.Point(id: dated[0].id.uuidString, payload: .init(dated[0]))])
    let (_, cleaned) = try await peer.send(.post, "/collections/\(prefix)cleaned_posts/points/scroll", "{}")
    for key in ["author_id", "author_full_name", "platform", "link", "text", "input_hash", "fingerprint"] {
      #expect(cleaned.contains("\"\(key)\""))
    }
    let (_, collection) = try await peer.send(.get, "/collections/\(prefix)embedded_posts")
    for field in ["author_id", "platform", "link", "document_id"] { #expect(collection.contains("\"\(field)\": {")) }
  }

  @Test func `the test server refuses what Qdrant would`() async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    try await peer.send(.put, "/collections/\(prefix)c", #"{"vectors":{"dense":{"size":2,"distance":"Cosine"}}}"#)
    let (status, message) = try await peer.send(
      .post, "/collections/\(prefix)c/points/query", #"{"query":[1,0],"using":"dense","top":3}"#)
    #expect(status == 400 && message.contains("Extra inputs are not permitted"))
    #expect(try await peer.send(.post, "/collections/\(prefix)c/points/search", "{}").0 == 404)
    #expect(try await peer.send(.post, "/collections/\(prefix)d/points/count", "{}").0 == 404)
    #expect(try await peer.send(.put, "/collections/\(prefix)c", "{}").0 == 409)
    let (strict, reason) = try await peer.send(
      .post, "/collections/\(prefix)c/points/count", #"{"filter":{"must":[{"key":"x","match":{"any":["y"]}}]}}"#)
    #expect(strict == 400 && reason.contains("Index required but not found"))
    let (wrong, _) = try await peer.send(
      .put, "/collections/\(prefix)c/points", #"{"points":[{"id":1,"vector":{"dense":[1,2,3]}}]}"#)
    #expect(wrong == 400)
  }
}

/// The payload of a chunk's point, with the names that others read it by.
private struct PayloadReply: Decodable {
  struct Result: Decodable { var points: [Point] }
  struct Point: Decodable, Equatable {
    var id: String
    var payload: Payload
  }
  struct Payload: Decodable, Equatable {
    struct Method: Decodable, Equatable {
      var strategy: String
      var size: Int
      var overlap: Int
    }
    struct Model: Decodable, Equatable {
      var name: String
      var digest: String
      var dimension: Int
      var maximum_tokens: Int
    }
    var id: String
    var document_id: String
    var category: String
    var link: String
    var platform: String
    var author_id: String
    var author_full_name: String
    var title: String?
    var published_at: String?
    var text: String
    var text_digest: String
    var start: Int
    var end: Int
    var tokens: Int
    var headings: [String]
    var chunking: Method
    var model: Model
  }
  var result: Result
}

extension PayloadReply.Payload {
  /// What should be stored of a chunk that was published on 9 March 2025.
  init(_ embedded: EmbeddedChunk) {
    let chunk = embedded.chunk
    self.init(
      id: chunk.id.uuidString, document_id: chunk.documentID.uuidString, category: chunk.category.rawValue,
      link: chunk.link, platform: chunk.platform, author_id: chunk.authorID.uuidString,
      author_full_name: chunk.authorFullName, title: chunk.title, published_at: "2025-03-09T00:00:00Z",
      text: chunk.text, text_digest: ContentHash(of: chunk.text).hexadecimal, start: chunk.start, end: chunk.end,
      tokens: chunk.tokens, headings: chunk.headings,
      chunking: Method(strategy: "test", size: 1, overlap: 0),
      model: Model(name: "by-hand", digest: "1", dimension: 4, maximum_tokens: 64))
  }
}
