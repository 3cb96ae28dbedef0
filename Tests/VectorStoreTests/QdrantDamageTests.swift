import Domain
import HTTP
import TestSupport
import Testing

@testable import VectorStore

/// Points that others have changed or made cost nothing but themselves, and are found by a verification.
@Suite struct QdrantDamageTests {
  /// What was done to the points of a filled store.
  private struct Damage {
    /// Chunks whose payload has lost the document and the text.
    var withoutDocument: EmbeddedChunk
    var withoutText: EmbeddedChunk
    /// Documents whose payload has lost the fingerprint and the text.
    var withoutFingerprint: CleanedDocument
    var withoutOwnText: CleanedDocument
    /// The numbers of points that twin never makes.
    static let chunk = Identifier(existing: "42")
    static let document = Identifier(existing: "7")
  }

  private func withDamage(_ body: (VectorStore, Damage) async throws -> Void) async throws {
    let (peer, prefix) = (try TroubledPeer.untroubled.get(), TroubledPeer.randomPrefix())
    let store = try await peer.store(prefix: prefix)
    try await WholeCorpus.fill(store)
    let articles = WholeCorpus.all().filter { $0.document.category == .articles }
    let damage = Damage(
      withoutDocument: articles[0].chunks[0], withoutText: articles[1].chunks[0],
      withoutFingerprint: articles[2].document, withoutOwnText: articles[3].document)
    let (cleaned, embedded) = ("/collections/\(prefix)cleaned_articles", "/collections/\(prefix)embedded_articles")
    for (collection, id, key) in [
      (embedded, damage.withoutDocument.id, "document_id"), (embedded, damage.withoutText.id, "text"),
      (cleaned, damage.withoutFingerprint.id, "fingerprint"), (cleaned, damage.withoutOwnText.id, "text"),
    ] {
      let body = #"{"keys":["\#(key)"],"filter":{"must":[{"has_id":["\#(id)"]}]}}"#
      let (status, message) = try await peer.send(.post, "\(collection)/points/payload/delete?wait=true", body)
      #expect(status == 200, "\(message)")
    }
    // As complete as can be, but for the number.
    let chunk = try QdrantPoint.json(of: articles[4].chunks[0], encoder: .qdrant)
    let document = try QdrantPoint.json(id: articles[4].document.id, payload: articles[4].document, encoder: .qdrant)
    for (collection, point, id, number) in [
      (embedded, chunk, articles[4].chunks[0].id, Damage.chunk),
      (cleaned, document, articles[4].document.id, Damage.document),
    ] {
      let text = String(decoding: point, as: UTF8.self)
      let copy = text.replacing("{\"id\":\"\(id)\"", with: "{\"id\":\(number)", maxReplacements: 1)
      let (status, message) = try await peer.send(.put, "\(collection)/points?wait=true", #"{"points":[\#(copy)]}"#)
      #expect(status == 200, "\(message)")
    }
    try await body(store, damage)
    try await store.drop()
  }

  @Test func `the others are read, searched and compared`() async throws {
    try await withDamage { store, damage in
      let all = WholeCorpus.all().filter { $0.document.category == .articles }
      let states = try await store.states(of: .articles)
      #expect(states.count == all.count && states[damage.withoutFingerprint.id]?.isComplete == false)
      #expect(states.values.count(where: \.isComplete) == all.count - 1)

      var documents: [Identifier] = []
      for try await document in store.cleanedDocuments(in: .articles) { documents.append(document.id) }
      #expect(documents.count == all.count - 2)
      let query = SearchQuery(text: "words said", vector: [1, 0, 0, 0], limit: 100, categories: [.articles])
      for mode in [SearchQuery.Mode.dense, .keyword, .hybrid] {
        var query = query
        query.mode = mode
        let hits = Set(try await store.search(query).map(\.id))
        #expect(hits.count == 2 * all.count - 2 && !hits.contains(Damage.chunk), "\(mode)")
      }
      try await store.linkDuplicates()
      #expect(try await store.statistics().collections.count == 6)
      #expect(try await store.collection(EmbeddedChunk.self, of: .articles).counts(by: .document).count == all.count)
    }
  }

  @Test func `a verification tells and mends them`() async throws {
    try await withDamage { store, damage in
      let references = try await store.verify()
      #expect(Set(references.chunksWithoutDocument) == [Damage.chunk, damage.withoutDocument.id])
      #expect(references.incompleteDocuments == [damage.withoutFingerprint.id])

      let report = try await store.verify(.contents, mends: true)
      #expect(report.damagedDocuments.map(\.chunk) == [damage.withoutText.id])
      #expect(report.damagedDocuments.first?.reason == "it has no `text`")
      #expect(Set(report.unreadableDocuments.map(\.id)) == [Damage.document, damage.withoutOwnText.id])
      #expect(report.unreadableDocuments.contains { $0.reason == "it has no `text`" })
      #expect(report.unreadableDocuments.contains { $0.reason == "its identifier is a number" })
      #expect(report.incompleteDocuments == [damage.withoutFingerprint.id] && report.isMended)

      #expect(try await store.states(of: .articles)[damage.withoutOwnText.id] == nil)
      let after = try await store.verify(.contents)
      #expect(!after.hasDamage)
      #expect(Set(after.incompleteDocuments) == [damage.withoutFingerprint.id, damage.withoutText.chunk.documentID])
      _ = try await store.replaceChunks(WholeCorpus.all())
      let whole = try await store.verify(.contents)
      #expect(whole.isSound && whole.documents == WholeCorpus.count && whole.chunks == 2 * WholeCorpus.count)
    }
  }

  @Test func `a copy leaves them out and says so`() async throws {
    try await withDamage { store, damage in
      try await Engine.embedded.withStore { target in
        let report = try await store.copy(to: target)
        let articles = try #require(report.categories.first { $0.category == .articles })
        let failures = Dictionary(articles.failures.map { ($0.id, $0.reason) }) { first, _ in first }
        #expect(failures[damage.withoutOwnText.id] == "it has no `text`")
        #expect(failures[damage.withoutText.chunk.documentID]?.contains("it has no `text`") == true)
        #expect(failures[damage.withoutFingerprint.id] == "it has no `fingerprint`")
        #expect(articles.failed == 4 && report.isVerified, "\(articles)")
        #expect(try await target.verify(.contents).isSound)
      }
    }
  }

  @Test func `a category is emptied of them, too`() async throws {
    try await withDamage { store, _ in
      try await store.empty(.articles)
      #expect(try await store.collection(EmbeddedChunk.self, of: .articles).count() == 0)
      #expect(try await store.collection(CleanedDocument.self, of: .articles).count() == 0)
    }
  }
}
