import Domain
import Foundation
import HTTP
import TestSupport
import Testing
import VectorStore

/// How much goes to the server with a request, and how many requests go at once.
@Suite(.serialized) struct QdrantRequestTests {
  private struct Entry: Decodable {
    var method: String
    var path: String
    var bytes: Int
    var at: Double
    var under_way: Int
    var status: Int
  }

  private struct Fault: Decodable {
    var left: Int
    var held: Int
  }

  private func log(_ peer: TroubledPeer) async throws -> [Entry] {
    try JSONDecoder().decode([Entry].self, from: Data(try await peer.send(.get, "/test/log").1.utf8))
  }

  private func fault(_ peer: TroubledPeer) async throws -> Fault {
    try JSONDecoder().decode(Fault.self, from: Data(try await peer.send(.get, "/test/fault").1.utf8))
  }

  /// The stores of points in the collection that the name leads to.
  private func upserts(_ log: [Entry], into collection: String) -> [Entry] {
    log.filter { $0.method == "PUT" && $0.path == "/collections/\(collection)/points" }
  }

  /// A text that no compression of the request or of the store makes shorter.
  private func text(_ length: Int, _ number: Int) -> String {
    String(repeating: "\(number) words of a long text, ", count: length / 24 + 1)
  }

  @Test func `documents and chunks are stored in bodies below 8 MiB, and a longer one by itself`() async throws {
    let peer = try TroubledPeer()
    let store = try await peer.store()
    try await store.prepare(for: Corpus.model)
    let mebibyte = 1 << 20
    var replacements = (0..<20).map { number in
      Corpus.replacement(
        Corpus.document("long-\(number)", text: text(mebibyte, number)), [("chunk \(number)", [1, 0, 0, 0])])
    }
    // As long as a document may be, nearly, and one with chunks that are more than fits.
    replacements.insert(
      Corpus.replacement(Corpus.document("longest", text: text(12 * mebibyte, 99)), [("end", [0, 1, 0, 0])]), at: 7)
    let pieces = (0..<24).map { (text: text(mebibyte / 2, $0), vector: [0, 0, 1, 0] as [Float]) }
    replacements.append(Corpus.replacement(Corpus.document("many chunks"), pieces))
    let outcome = try await store.replaceChunks(replacements)
    #expect(outcome.failures.isEmpty && outcome.documents == 22)

    let log = try await log(peer)
    let cleaned = upserts(log, into: "cleaned_articles")
    // Twice: as incomplete, and as it is. Nothing else is in a body with it.
    let longest = cleaned.filter { $0.bytes > 8 * mebibyte }
    #expect(longest.count == 2 && longest.allSatisfy { $0.bytes < 13 * mebibyte }, "\(cleaned.map(\.bytes))")
    // Of the others several are in one.
    let others = cleaned.filter { $0.bytes < 8 * mebibyte }
    #expect((6...16).contains(others.count), "\(others.map(\.bytes))")
    let chunks = upserts(log, into: "embedded_articles")
    #expect(chunks.allSatisfy { $0.bytes < 8 * mebibyte }, "\(chunks.map(\.bytes))")
    #expect(chunks.count { $0.bytes > 7 * mebibyte } >= 1, "\(chunks.map(\.bytes))")

    for replacement in replacements {
      let document = replacement.document
      #expect(try await store.collection(CleanedDocument.self, of: .articles).find(document.id) == document)
    }
    #expect(try await store.collection(EmbeddedChunk.self, of: .articles).count() == 21 + 24)
    #expect(try await store.states(of: .articles).values.allSatisfy(\.isComplete))
  }

  @Test func `four batches are under way at once, and never more`() async throws {
    let peer = try TroubledPeer()
    let store = try await peer.store()
    try await store.prepare(for: Corpus.model)
    let replacements = (0..<500).map { number in
      Corpus.replacement(Corpus.document("d\(number)"), [("chunk \(number)", [1, 0, 0, 0])])
    }
    // The first four wait for each other here; whatever else came would be seen among them.
    try await peer.trouble("hold", count: 4)
    async let loading = store.replaceChunks(replacements)
    while try await fault(peer).held < 4 { try await Task.sleep(for: .milliseconds(5)) }
    try await peer.calm()
    let outcome = try await loading
    #expect(outcome.failures.isEmpty && outcome.chunksStored == 500)
    let log = try await log(peer)
    // Eight batches of at most 64 documents.
    #expect(upserts(log, into: "cleaned_articles").count == 16)
    #expect(log.map(\.under_way).max() == 4)
    #expect(try await store.verify(.references).isSound)
  }

  @Test(arguments: [("limited", 429), ("unavailable", 503)])
  func `a server that asks for a pause gets it`(kind: String, status: Int) async throws {
    // Its own pauses would be of a few hundredths of a second.
    let peer = try TroubledPeer(attempts: 3)
    let store = try await peer.store()
    try await store.prepare(for: Corpus.model)
    try await peer.send(.post, "/test/fault", #"{"kind":"\#(kind)","after":0,"count":1,"seconds":1}"#)
    _ = try await store.replaceChunks(Array(Corpus.all.prefix(3)))
    let log = try await log(peer)
    let refused = try #require(log.firstIndex { $0.status == status })
    let repeated = try #require(log[(refused + 1)...].first)
    #expect(repeated.path == log[refused].path && repeated.status == 200)
    #expect(repeated.at - log[refused].at >= 1)
    #expect(try await store.verify().isSound)
  }

  @Test func `fields of many values are counted by reading the points`() async throws {
    let peer = try TroubledPeer()
    let store = try await peer.store()
    try await Corpus.fill(store)
    let chunks = store.collection(EmbeddedChunk.self, of: .articles)
    let truth = try await chunks.counts(by: .document)
    #expect(truth.values.sorted() == [1, 2, 2])
    // As many as are asked for: there may be more.
    let hits = (0..<10_000).map { #"{"value":"\#($0)","count":1}"# }.joined(separator: ",")
    try await peer.answer("/collections/.*/facet", with: #"{"hits":[\#(hits)]}"#)
    #expect(try await chunks.counts(by: .document) == truth)
    #expect(try await chunks.counts(by: .author, where: .author(Corpus.ben.id)) == [Corpus.ben.id.uuidString: 1])
    // One fewer are all that there are.
    let fewer = (0..<9_999).map { #"{"value":"\#($0)","count":1}"# }.joined(separator: ",")
    try await peer.answer("/collections/.*/facet", with: #"{"hits":[\#(fewer)]}"#)
    #expect(try await chunks.counts(by: .document).count == 9_999)
  }
}
