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
    let changes = try await interrupt(kind) { store in
      _ = try await store.replaceChunks(edited)
    } thenCheck: { store in
      try await expectEachOldOrNewOrIncomplete(store)
      let outcome = try await store.replaceChunks(edited)
      #expect(outcome.failures.isEmpty)
      try await expectEdited(store)
    }
    #expect(changes >= 7)
  }

  @Test(arguments: ["drop", "lose-answer"])
  func `a deletion that breaks off is found again by the next run`(kind: String) async throws {
    let ids = [Corpus.all[0].document.id, Corpus.all[1].document.id]
    let changes = try await interrupt(kind) { store in
      try await store.delete(documents: ids, in: .articles)
    } thenCheck: { store in
      for replacement in Corpus.all.prefix(2) {
        let state = try await store.states(of: .articles)[replacement.document.id]
        let chunks = try await store.chunks(of: replacement.document.id, in: .articles)
        if let state, state.isComplete { #expect(chunks.count == 2) }
        if state == nil { #expect(chunks.isEmpty) }
      }
      try await store.delete(documents: ids, in: .articles)
      let report = try await store.verify()
      #expect(report.isSound && report.documents == 2 && report.chunks == 2)
    }
    #expect(changes == 6)
  }

  @Test(arguments: ["drop", "lose-answer"])
  func `a change of model that breaks off is gone on with, and searches find the old until it is done`(
    kind: String
  ) async throws {
    // The changes that make a category are many and alike: every seventh will do.
    let changes = try await interrupt(kind, next: { $0 + 7 }) { store in
      try await store.prepare(for: Corpus.otherModel)
    } thenCheck: { store in
      #expect(try await store.models()[.articles] == Corpus.model)
      #expect(try await store.verify().documents == 4)
      try await store.prepare(for: Corpus.otherModel)
      #expect(try await store.pendingModel() == Corpus.otherModel)
      for category in DataCategory.allCases {
        #expect(try await store.states(of: category, madeBy: Corpus.otherModel).isEmpty)
      }
      try await store.activate()
      #expect(try await store.models()[.articles] == Corpus.otherModel)
      #expect(try await store.verify().documents == 0)
    }
    #expect(changes >= 40)
  }

  @Test(arguments: ["drop", "lose-answer"])
  func `an activation that breaks off is completed by the next`(kind: String) async throws {
    let peer = try Self.peer.get()
    var changes = 0
    while true {
      let prefix = TroubledPeer.randomPrefix()
      let store = try await peer.store(prefix: prefix)
      try await Corpus.fill(store)
      try await store.prepare(for: Corpus.otherModel)
      let document = Corpus.document("bread")
      let chunks = Corpus.chunks(of: document, [("bread", [1, 0, 0, 0, 0, 0])], model: Corpus.otherModel)
      try await store.replaceChunks(of: document, with: chunks)
      try await peer.trouble(kind, after: changes)
      let isThrough = await (try? store.activate()) != nil
      try await peer.calm()
      // Whatever was reached, searches find the old or the new as a whole.
      let found = try await store.verify().documents
      #expect(found == (try await store.models()[.articles] == Corpus.model ? 4 : 1))
      try await store.activate()
      #expect(try await store.pendingModel() == nil)
      #expect(try await store.models()[.articles] == Corpus.otherModel)
      #expect(try await store.verify().documents == 1)
      #expect(try await peer.collections(prefix: prefix).count == 7)
      try await store.drop()
      if isThrough { break }
      changes += 1
    }
    // One of the aliases, six of the old collections, one of their records.
    #expect(changes == 8)
  }

  @Test(arguments: ["unavailable", "limited"])
  func `an overloaded server is asked again`(kind: String) async throws {
    let peer = try Self.peer.get()
    var patient = HTTPClientConfiguration()
    patient.backoffBase = 0.01
    let store = try await VectorStore.open(
      peer.url, http: HTTPClient(configuration: patient), prefix: TroubledPeer.randomPrefix())
    try await peer.trouble(kind, count: 3)
    try await Corpus.fill(store)
    try await peer.trouble("lose-answer", after: 1, count: 2)
    _ = try await store.replaceChunks(edited)
    try await expectEdited(store)
  }

  @Test func `a disk that is full is told of, and the load goes on when there is room`() async throws {
    let changes = try await interrupt("full") { store in
      _ = try await store.replaceChunks(edited)
    } thenCheck: { store in
      try await expectEachOldOrNewOrIncomplete(store)
      _ = try await store.replaceChunks(edited)
      try await expectEdited(store)
    }
    #expect(changes >= 7)
    let store = try await Self.peer.get().store(prefix: TroubledPeer.randomPrefix())
    try await store.prepare(for: Corpus.model)
    try await Self.peer.get().trouble("full", count: 9)
    let error = await #expect(throws: VectorStoreError.self) { try await store.replaceChunks(edited) }
    try await Self.peer.get().calm()
    #expect(error?.description.contains("No space left on device") == true)
    try await store.drop()
  }

  @Test func `an error is told in Qdrant's own words`() async throws {
    let peer = try Self.peer.get()
    let store = try await peer.store(prefix: TroubledPeer.randomPrefix())
    try await peer.trouble("unavailable")
    let error = await #expect(throws: VectorStoreError.self) { try await store.prepare(for: Corpus.model) }
    #expect(error?.description.contains("could not list the collections (status 503): Service unavailable") == true)
  }

  /// Does `work` in one filled store after another, the connection breaking at its first change, then at the `next`, and
  /// so on until it gets through; after each break it checks what was left. How many changes the work makes, counted in
  /// these steps.
  private func interrupt(
    _ kind: String, next: (Int) -> Int = { $0 + 1 }, _ work: (VectorStore) async throws -> Void,
    thenCheck check: (VectorStore) async throws -> Void
  ) async throws -> Int {
    let peer = try Self.peer.get()
    var changes = 0
    var isThrough = false
    while !isThrough {
      let store = try await peer.store(prefix: TroubledPeer.randomPrefix())
      try await Corpus.fill(store)
      try await peer.trouble(kind, after: changes)
      do {
        try await work(store)
        isThrough = true
      } catch is VectorStoreError {
        try await check(store)
        changes = next(changes)
      }
      try await peer.calm()
      // Each collection that stays open makes the server slower.
      try await store.drop()
    }
    return changes
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
