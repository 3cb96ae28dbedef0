import Domain
import HTTP
import TestSupport
import Testing
import VectorStore

/// What an interruption leaves behind, wherever it happens: each test breaks the connection at the first change, then at
/// the second, and so on until the work gets through.
@Suite(.serialized) struct QdrantInterruptionTests {
  private static let peer = Result { try TroubledPeer() }

  /// The corpus after an edit: every document has one chunk of before, at another place, and a new one.
  private let edited: [DocumentReplacement] = Corpus.all.map { replacement in
    var document = replacement.document
    document.text += " edited"
    document.inputHash = ContentHash(of: document.text)
    let kept = replacement.chunks[0]
    let pieces = [("A new beginning of \(document.link)", [0.5, 0.5, 0.5, 0.5]), (kept.chunk.text, kept.vector)]
    return Corpus.replacement(document, pieces.map { (text: $0.0, vector: $0.1 as [Float]) })
  }

  @Test(arguments: ["drop", "lose-answer"])
  func `a load that breaks off is completed by the next, and nothing is doubled`(kind: String) async throws {
    let peer = try Self.peer.get()
    var step = 0
    while true {
      let store = try await peer.store(prefix: TroubledPeer.randomPrefix())
      try await Corpus.fill(store)
      try await peer.trouble(kind, after: step)
      do {
        _ = try await store.replaceChunks(edited)
        break
      } catch is VectorStoreError {
        try await expectEachOldOrNewOrIncomplete(store)
      }
      let outcome = try await store.replaceChunks(edited)
      #expect(outcome.failures.isEmpty)
      try await expectEdited(store)
      step += 1
    }
    try await peer.calm()
    #expect(step >= 7)
  }

  @Test(arguments: ["drop", "lose-answer"])
  func `a deletion that breaks off is found again by the next run`(kind: String) async throws {
    let peer = try Self.peer.get()
    let ids = [Corpus.all[0].document.id, Corpus.all[1].document.id]
    var step = 0
    while true {
      let store = try await peer.store(prefix: TroubledPeer.randomPrefix())
      try await Corpus.fill(store)
      try await peer.trouble(kind, after: step)
      do {
        try await store.delete(documents: ids, in: .articles)
        break
      } catch is VectorStoreError {
        for replacement in Corpus.all.prefix(2) {
          let state = try await store.states(of: .articles)[replacement.document.id]
          let chunks = try await store.chunks(of: replacement.document.id, in: .articles)
          if let state, state.isComplete { #expect(chunks.count == 2) }
          if state == nil { #expect(chunks.isEmpty) }
        }
      }
      try await store.delete(documents: ids, in: .articles)
      let report = try await store.verify()
      #expect(report.isSound && report.documents == 2 && report.chunks == 2)
      step += 1
    }
    try await peer.calm()
    #expect(step == 3)
  }

  @Test(arguments: ["drop", "lose-answer"])
  func `a change of model that breaks off leaves no document that seems unchanged`(kind: String) async throws {
    let peer = try Self.peer.get()
    var step = 0
    while true {
      let store = try await peer.store(prefix: TroubledPeer.randomPrefix())
      try await Corpus.fill(store)
      try await peer.trouble(kind, after: step)
      do {
        try await store.prepare(for: Corpus.otherModel)
        break
      } catch is VectorStoreError {}
      try await store.prepare(for: Corpus.otherModel)
      for category in DataCategory.allCases { #expect(try await store.states(of: category).isEmpty) }
      #expect(
        try await store.models()
          == Dictionary(uniqueKeysWithValues: DataCategory.allCases.map { ($0, Corpus.otherModel) }))
      // Twelve changes make a category; of the others every fifth will do.
      step += step < 12 ? 1 : 5
    }
    try await peer.calm()
    #expect(step >= 15)
  }

  @Test func `an overloaded server is asked again`() async throws {
    let peer = try Self.peer.get()
    var patient = HTTPClientConfiguration()
    patient.backoffBase = 0.01
    let store = try await VectorStore.open(
      peer.url, http: HTTPClient(configuration: patient), prefix: TroubledPeer.randomPrefix())
    try await peer.trouble("unavailable", count: 3)
    try await Corpus.fill(store)
    try await peer.trouble("lose-answer", after: 1, count: 2)
    _ = try await store.replaceChunks(edited)
    try await expectEdited(store)
  }

  @Test func `an error is told in Qdrant's own words`() async throws {
    let peer = try Self.peer.get()
    let store = try await peer.store(prefix: TroubledPeer.randomPrefix())
    try await peer.trouble("unavailable")
    let error = await #expect(throws: VectorStoreError.self) { try await store.prepare(for: Corpus.model) }
    #expect(error?.description.contains("could not list the collections (status 503): Service unavailable") == true)
  }

  private func expectEdited(_ store: VectorStore) async throws {
    let report = try await store.verify()
    #expect(report.isSound && report.documents == 4 && report.chunks == 8)
    for replacement in edited {
      let document = replacement.document
      let chunks = try await store.chunks(of: document.id, in: document.category)
      #expect(chunks.map(\.chunk) == replacement.chunks.map(\.chunk))
      #expect(try await store.states(of: document.category)[document.id]?.inputHash == document.inputHash)
    }
  }

  private func expectEachOldOrNewOrIncomplete(_ store: VectorStore) async throws {
    for (old, new) in zip(Corpus.all, edited) {
      let category = old.document.category
      let state = try #require(try await store.states(of: category)[old.document.id])
      guard state.isComplete else { continue }
      let stored = try await store.chunks(of: old.document.id, in: category).map(\.chunk)
      let expected = state.inputHash == old.document.inputHash ? old : new
      #expect(stored == expected.chunks.map(\.chunk))
    }
  }
}
