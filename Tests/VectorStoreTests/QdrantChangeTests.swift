import Domain
import Foundation
import HTTP
import TestSupport
import Testing
import VectorStore

/// What becomes of changes of the model when others have interrupted them, or have removed collections by hand.
@Suite(.serialized) struct QdrantChangeTests {
  private static let peer = Result { try TroubledPeer() }

  @Test(arguments: ["drop", "lose-answer"], [true, false])
  func `an activation over the earlier version's collections that broke off is completed before anything is dropped`(
    kind: String, givesUp: Bool
  ) async throws {
    let peer = try Self.peer.get()
    var (changes, isThrough) = (0, false)
    while !isThrough {
      let prefix = TroubledPeer.randomPrefix()
      try await peer.makeEarlierCollections(prefix: prefix)
      let store = try await peer.store(prefix: prefix)
      try await store.prepare(for: Corpus.model)
      _ = try await store.replaceChunks(Corpus.all)
      try await peer.trouble(kind, after: changes)
      isThrough = await (try? store.activate()) != nil
      try await peer.calm()

      let next = try await peer.store(prefix: prefix)
      let abandoned =
        givesUp ? try await next.abandonChange() : try await next.prepare(for: Corpus.otherModel).abandoned
      // Before the first collection is dropped the change may still be given up, and searches find the one document of
      // the earlier version; after that its documents are the only ones.
      let documents = try await next.states(of: .posts).count + next.states(of: .articles).count
      if abandoned != nil {
        #expect(changes == 0 && kind == "drop" && documents == 1)
      } else {
        #expect(documents == 4)
        #expect(
          try await next.models() == Dictionary(uniqueKeysWithValues: DataCategory.allCases.map { ($0, Corpus.model) }))
        #expect(try await next.pendingModel() == (givesUp ? nil : Corpus.otherModel))
      }
      try await next.drop()
      changes += 1
    }
    #expect(changes == 10)
  }

  @Test func `a change is given up also where nothing is active, or only a half of it is left`() async throws {
    let peer = try Self.peer.get()
    for removed in [["cleaned_posts-pending"], DataCategory.allCases.map { "cleaned_\($0.rawValue)" }] {
      let prefix = TroubledPeer.randomPrefix()
      let store = try await peer.store(prefix: prefix)
      try await Corpus.fill(store)
      try await store.prepare(for: Corpus.otherModel)
      for name in removed {
        let collection = try #require(try await peer.collection(behind: prefix + name))
        try await peer.send(.delete, "/collections/\(collection)")
      }
      #expect(try await peer.store(prefix: prefix).abandonChange() == Corpus.otherModel)
      #expect(try await peer.collection(behind: "\(prefix)embedded_posts-pending") == nil)
      #expect(try await peer.collection(behind: "\(prefix)embedded_posts") != nil)
      #expect(try await peer.store(prefix: prefix).abandonChange() == nil)
      try await store.drop()
    }
  }

  @Test func `collections whose counterparts were removed by hand are there to be dropped`() async throws {
    let (peer, prefix) = (try Self.peer.get(), TroubledPeer.randomPrefix())
    let store = try await peer.store(prefix: prefix)
    try await Corpus.fill(store)
    for category in DataCategory.allCases {
      let collection = try #require(try await peer.collection(behind: "\(prefix)cleaned_\(category.rawValue)"))
      try await peer.send(.delete, "/collections/\(collection)")
    }
    #expect(try await store.statistics().collections.isEmpty)
    #expect(try await store.hasCollections())
    try await store.drop()
    #expect(try await !store.hasCollections())
    #expect(try await peer.collections(prefix: prefix).isEmpty)
  }

  @Test func `a change goes on where what it would replace was removed by hand`() async throws {
    let (peer, prefix) = (try Self.peer.get(), TroubledPeer.randomPrefix())
    let store = try await peer.store(prefix: prefix)
    try await Corpus.fill(store)
    try await store.prepare(for: Corpus.otherModel)
    let document = Corpus.document("bread")
    let chunks = Corpus.chunks(of: document, [("bread", [1, 0, 0, 0, 0, 0])], model: Corpus.otherModel)
    try await store.replaceChunks(of: document, with: chunks)
    for category in DataCategory.allCases {
      for kind in CollectionKind.allCases {
        let name = kind.collection(of: category, prefix: prefix)
        let collection = try #require(try await peer.collection(behind: name))
        try await peer.send(.delete, "/collections/\(collection)")
      }
    }
    let next = try await peer.store(prefix: prefix)
    #expect(try await next.prepare(for: Corpus.otherModel) == PreparationOutcome())
    #expect(try await next.models()[.articles] == Corpus.otherModel)
    #expect(try await next.states(of: .articles).count == 1)
    try await next.drop()
  }

  @Test func `collections of the earlier version get the indexes that filters ask for`() async throws {
    let (peer, prefix) = (try Self.peer.get(), TroubledPeer.randomPrefix())
    try await peer.makeEarlierCollections(prefix: prefix)
    let store = try await peer.store(prefix: prefix)
    func documents() async throws -> Int {
      try await store.collection(CleanedDocument.self, of: .posts).count(where: !.isIncomplete)
    }
    await #expect(throws: VectorStoreError.self) { try await documents() }
    try await store.prepare(for: Corpus.model)
    #expect(try await documents() == 1)
    try await store.drop()
  }

  @Test(arguments: CollectionKind.allCases)
  func `whatever is filtered by has an index`(kind: CollectionKind) async throws {
    let store = try await Self.peer.get().store(prefix: TroubledPeer.randomPrefix())
    try await Corpus.fill(store)
    func count(_ filter: VectorFilter) async throws -> Int {
      switch kind {
      case .cleaned: try await store.collection(CleanedDocument.self, of: .articles).count(where: filter)
      case .embedded: try await store.collection(EmbeddedChunk.self, of: .articles).count(where: filter)
      }
    }
    for field in VectorField.allCases { #expect(try await count(.field(field, anyOf: ["nobody's"])) == 0) }
    for filter in [VectorFilter.isDuplicate, .isIncomplete, .published(before: .distantFuture)] {
      #expect(try await count(filter) == 0)
    }
    #expect(try await count(.isUnlinked) == (kind == .cleaned ? 0 : 5))
    try await store.drop()
  }
}
