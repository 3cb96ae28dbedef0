import Domain
import Foundation
import HTTP
import TestSupport
import Testing
import VectorStore

/// Writers of a Qdrant that are killed: the server goes on, and the next run finds what is missing.
@Suite(.serialized) struct QdrantCrashTests {
  private static let peer = Result { try TroubledPeer() }

  @Test(arguments: 0..<6)
  func `a load that is killed at any moment is completed by the next, and nothing is doubled`(number: Int) async throws
  {
    let (peer, prefix) = (try Self.peer.get(), TroubledPeer.randomPrefix())
    let store = try await peer.store(prefix: prefix)
    try await load(into: store, version: 0)
    var random = SeededGenerator(seed: UInt64(number))
    for _ in 0..<2 {
      let delay = Int.random(in: 5_000..<400_000, using: &random)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [url = peer.url as String, prefix = prefix as String, delay = delay as Int] in
        killSelf(after: delay)
        let store = try await VectorStore.open(url, http: HTTPClient(), prefix: prefix)
        for version in 1... { try await load(into: store, version: version) }
      }
      // What says that it is complete has all chunks of its version and no other's.
      let states = try await store.states(of: .articles)
      #expect(states.count == documentCount)
      for try await document in store.cleanedDocuments(in: .articles) {
        guard try #require(states[document.id]).isComplete else { continue }
        let version = try #require(Int(document.text))
        let chunks = try await store.chunks(of: document.id, in: .articles).map(\.chunk)
        #expect(chunks == replacement(of: document.link, version).chunks.map(\.chunk))
      }
    }
    try await load(into: store, version: 1)
    let report = try await store.verify()
    #expect(report.isSound && report.documents == documentCount && report.chunks == documentCount * chunkCount(1))
    try await store.drop()
  }
}

private let documentCount = 12

private func chunkCount(_ version: Int) -> Int { 1 + version % 3 }

private func replacement(of name: String, _ version: Int) -> DocumentReplacement {
  let name = name.split(separator: "/").last.map(String.init) ?? name
  let document = Corpus.document(name, text: "\(version)", fingerprint: "f\(version)")
  let pieces = (0..<chunkCount(version)).map {
    (text: "version \(version) of \(name), \($0)", vector: [1, 0, 0, 0] as [Float])
  }
  return Corpus.replacement(document, pieces)
}

private func load(into store: VectorStore, version: Int) async throws {
  try await store.prepare(for: Corpus.model)
  let outcome = try await store.replaceChunks((0..<documentCount).map { replacement(of: "\($0)", version) })
  #expect(outcome.failures.isEmpty)
}
