import Domain
import HTTP
import TestSupport
import Testing
import VectorStore

/// Snapshots, over HTTP and over TLS.
@Suite struct QdrantSnapshotTests {
  @Test func `a store is put back to what it was`() async throws {
    let peer = try TroubledPeer(arguments: ["--api-key", "s3cret"])
    let store = try await peer.store(apiKey: "s3cret")
    try await Corpus.fill(store)
    let made = try await store.makeSnapshots()
    #expect(made.count == 6 && made.allSatisfy { $0.size > 0 && $0.createdAt != nil })
    #expect(made.map(\.kind) == [.cleaned, .cleaned, .cleaned, .embedded, .embedded, .embedded])
    #expect(Set(try await store.snapshots()) == Set(made))
    try await store.delete(documents: Corpus.all.map(\.document.id), in: .articles)
    try await store.replaceChunks(of: Corpus.document("new"), with: [])
    try await store.restore(made.reversed())
    let report = try await store.verify()
    #expect(report.isSound && report.documents == 4 && report.chunks == 6)
    #expect(try await store.search(SearchQuery(text: "honey", mode: .keyword)).count == 1)
    try await store.remove(made)
    #expect(try await store.snapshots().isEmpty)
    try await store.remove(made)
    let error = await #expect(throws: VectorStoreError.self) { try await store.restore([made[0]]) }
    #expect(error?.description.contains("does not exist") == true)
    #expect(error?.description.contains("s3cret") == false)
  }

  @Test func `a snapshot of collections that were replaced is not restored`() async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    let store = try await peer.store(prefix: prefix)
    try await Corpus.fill(store)
    let made = try await store.makeSnapshots()
    try await store.prepare(for: Corpus.otherModel)
    try await store.activate()
    await #expect(throws: VectorStoreError.self) { try await store.restore(made) }
    #expect(try await store.models()[.posts] == Corpus.otherModel)
  }

  @Test func `an embedded store says what to do instead`() async throws {
    try await Engine.embedded.withStore { store in
      let error = await #expect(throws: VectorStoreError.self) { try await store.makeSnapshots() }
      #expect(error?.description.contains("cannot make snapshots. Copy its file") == true)
    }
  }

  @Test func `a server behind TLS is used where its authority is trusted`() async throws {
    let folder = try TemporaryFolder()
    let (certificate, key) = (folder.path("certificate.pem"), folder.path("key.pem"))
    let openssl = try runBlocking(
      "openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate,
      ])
    try #require(openssl.status == 0, "\(openssl)")
    let server = try PeerServer(
      "qdrant_server.py", arguments: ["--certificate", certificate, "--key", key, "--api-key", "s3cret"])
    let url = "https://localhost:\(server.port)"
    var configuration = HTTPClientConfiguration()
    configuration.maximumAttempts = 1
    let error = await #expect(throws: VectorStoreError.self) {
      try await VectorStore.open(url, apiKey: "s3cret", http: HTTPClient(configuration: configuration))
    }
    #expect(error?.description.contains("cannot reach Qdrant at \(url)") == true)
    configuration.certificateAuthorityFile = certificate
    let store = try await VectorStore.open(
      url, apiKey: "s3cret", http: HTTPClient(configuration: configuration))
    try await Corpus.fill(store)
    #expect(try await store.verify().documents == 4)
  }
}
