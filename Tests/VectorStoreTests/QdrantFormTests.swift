import Domain
import Foundation
import HTTP
import TestSupport
import Testing
import VectorStore

/// Collections that twin made, as its records say, and that no longer have the form that it gave them.
@Suite struct QdrantFormTests {
  struct Form: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var collection = "embedded_posts"
    /// How others made the collection anew.
    var body: String
  }

  private static let forms = [
    Form(
      testDescription: "another distance",
      body: #"{"vectors":{"dense":{"size":4,"distance":"Dot"}},"sparse_vectors":{"bm25":{"modifier":"idf"}}}"#),
    Form(
      testDescription: "another size",
      body: #"{"vectors":{"dense":{"size":5,"distance":"Cosine"}},"sparse_vectors":{"bm25":{"modifier":"idf"}}}"#),
    Form(
      testDescription: "a vector without a name",
      body: #"{"vectors":{"size":4,"distance":"Cosine"},"sparse_vectors":{"bm25":{"modifier":"idf"}}}"#),
    Form(
      testDescription: "no vector for words", body: #"{"vectors":{"dense":{"size":4,"distance":"Cosine"}}}"#),
    Form(
      testDescription: "words that count alike",
      body: #"{"vectors":{"dense":{"size":4,"distance":"Cosine"}},"sparse_vectors":{"bm25":{}}}"#),
    Form(
      testDescription: "payloads in memory",
      body: #"{"vectors":{"dense":{"size":4,"distance":"Cosine"}},"on_disk_payload":false,"#
        + #""sparse_vectors":{"bm25":{"modifier":"idf"}}}"#),
    Form(
      testDescription: "documents with vectors", collection: "cleaned_posts",
      body: #"{"vectors":{"dense":{"size":4,"distance":"Cosine"}}}"#),
  ]

  /// Makes the collection behind a name anew in another form, and leads the name there, as whoever restores a backup does.
  private func remake(_ form: Form, _ peer: TroubledPeer, _ prefix: String) async throws -> String {
    let name = prefix + form.collection
    let collection = try #require(try await peer.collection(behind: name))
    try await peer.send(.delete, "/collections/\(collection)")
    let (status, message) = try await peer.send(.put, "/collections/\(collection)", form.body)
    #expect(status == 200, "\(message)")
    try await peer.send(
      .post, "/collections/aliases",
      #"{"actions":[{"create_alias":{"alias_name":"\#(name)","collection_name":"\#(collection)"}}]}"#)
    return collection
  }

  @Test(arguments: forms)
  func `they are filled anew beside, then replaced`(form: Form) async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    try await Corpus.fill(try await peer.store(prefix: prefix))
    let former = try await remake(form, peer, prefix)
    let store = try await peer.store(prefix: prefix)
    // The model is the same, and yet nothing that is stored is what a run would make.
    #expect(try await store.needsChange(for: Corpus.model))
    #expect(try await store.states(of: .articles, madeBy: Corpus.model).isEmpty)
    let outcome = try await store.prepare(for: Corpus.model)
    #expect(outcome.remade == DataCategory.allCases && outcome.previousModel == Corpus.model)
    // Searches go on meanwhile, in what is left.
    #expect(try await store.search(SearchQuery(text: "nectar", mode: .keyword, categories: [.articles])).count == 1)
    let loaded = try await store.replaceChunks(Corpus.all)
    #expect(loaded.documents == 4 && loaded.failures.isEmpty)
    #expect(try await store.activate() == Corpus.model)
    #expect(try await !peer.collections(prefix: prefix).contains(former))
    #expect(try await peer.collections(prefix: prefix).count == 7)
    #expect(try await store.needsChange(for: Corpus.model) == false)
    #expect(try await store.prepare(for: Corpus.model) == PreparationOutcome())
    let report = try await store.verify()
    #expect(report.isSound && report.documents == 4 && report.chunks == 6)
    #expect(try await store.search(SearchQuery(text: "Polaris", mode: .keyword)).count == 1)

    // And once more: the names of the first are free again.
    _ = try await remake(form, peer, prefix)
    #expect(try await store.prepare(for: Corpus.model).isChangingModel)
    _ = try await store.replaceChunks(Corpus.all)
    try await store.activate()
    #expect(try await store.verify().isSound)
    #expect(try await peer.collections(prefix: prefix).count == 7)
    try await store.drop()
  }

  @Test func `a change under way that no longer fits is begun again`() async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    let store = try await peer.store(prefix: prefix)
    try await Corpus.fill(store)
    try await store.prepare(for: Corpus.otherModel)
    _ = try await remake(
      Form(
        testDescription: "", collection: "embedded_posts-pending",
        body: #"{"vectors":{"dense":{"size":4,"distance":"Cosine"}}}"#), peer, prefix)
    let outcome = try await store.prepare(for: Corpus.otherModel)
    #expect(!outcome.isResumed && outcome.remade == DataCategory.allCases && outcome.abandoned == nil)
    let document = Corpus.document("post", category: .posts)
    try await store.replaceChunks(
      of: document, with: Corpus.chunks(of: document, [("x", [1, 0, 0, 0, 0, 0])], model: Corpus.otherModel))
    #expect(try await store.activate() == Corpus.model)
    #expect(try await store.models()[.posts] == Corpus.otherModel)
    #expect(try await peer.collections(prefix: prefix).count == 7)
    try await store.drop()
  }
}
