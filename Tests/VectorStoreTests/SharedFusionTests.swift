import Domain
import Testing
import VectorStore

/// How the two rankings of a hybrid search are joined, on every engine.
@Suite struct SharedFusionTests {
  /// Finds “Sourdough and honey…” first by the word; by the vector it is third, after both chunks about bread.
  private func query(_ fusion: Fusion, limit: Int = 6) -> SearchQuery {
    SearchQuery(text: "honey", vector: [0.9, 0.1, 0, 0], limit: limit, fusion: fusion)
  }

  @Test(arguments: Engine.available)
  func `reciprocal ranks are weighed by alpha`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let even = try await store.search(query(Fusion()))
      #expect(even.first?.score == 1.0 / 63 + 1.0 / 61)
      let sharp = try await store.search(query(Fusion(.reciprocalRank(constant: 1), alpha: 0.75)))
      let honey = try #require(sharp.first { $0.text.contains("honey") })
      #expect(abs(honey.score - (1.5 / 4 + 0.5 / 2)) < 1e-12)
      // The first by meaning has 1.5 / 2, which the word does not make up for.
      #expect(sharp.first?.text == "A warm oven makes the crust of a loaf")
    }
  }

  @Test(arguments: Engine.available)
  func `alpha 1 ranks by meaning alone and alpha 0 by words alone`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      for method in [Fusion.Method.reciprocalRank(constant: 60), .distributionBased] {
        var dense = query(Fusion(method, alpha: 1))
        let byMeaning = try await store.search(dense).map(\.id)
        dense.mode = .dense
        #expect(try await store.search(dense).map(\.id) == byMeaning)
        let byWords = try await store.search(query(Fusion(method, alpha: 0))).map(\.text)
        #expect(byWords == ["Sourdough and honey taste well together"])
      }
    }
  }

  @Test(arguments: Engine.available)
  func `scores are put on the distribution of their ranking`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let fused = try await store.search(query(Fusion(.distributionBased)))
      var dense = query(Fusion())
      dense.mode = .dense
      let scores = try await store.search(dense)
      // As the definition says it, of all six chunks by meaning and the one by the word, which alone counts 0.5.
      let mean = scores.map(\.score).reduce(0, +) / 6
      let deviation = (scores.map { ($0.score - mean) * ($0.score - mean) }.reduce(0, +) / 5).squareRoot()
      for hit in fused {
        let score = try #require(scores.first { $0.id == hit.id }).score
        let expected = (score - mean + 3 * deviation) / (6 * deviation) + (hit.text.contains("honey") ? 0.5 : 0)
        #expect(abs(hit.score - expected) < 1e-9)
      }
      #expect(fused.first?.text == "Sourdough and honey taste well together" && fused.count == 6)
    }
  }

  @Test(arguments: Engine.available)
  func `a ranking in which all are equal counts by half`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      let document = Corpus.document("same")
      let pieces = ["one", "two", "three"].map { (text: $0, vector: [1, 0, 0, 0] as [Float]) }
      try await store.replaceChunks(of: document, with: Corpus.chunks(of: document, pieces))
      let query = SearchQuery(text: "zebra", vector: [1, 0, 0, 0], fusion: Fusion(.distributionBased))
      let hits = try await store.search(query)
      #expect(hits.map(\.score) == [0.5, 0.5, 0.5])
      #expect(hits.map(\.id) == hits.map(\.id).sorted())
    }
  }

  @Test(arguments: Engine.available)
  func `what cannot be weighed is refused`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await Corpus.fill(store)
      let fusions = [
        Fusion(alpha: 1.1), Fusion(alpha: -0.1), Fusion(alpha: .nan), Fusion(.reciprocalRank(constant: -1)),
        Fusion(.reciprocalRank(constant: .infinity)),
      ]
      for fusion in fusions {
        await #expect(throws: VectorStoreError.self) { try await store.search(query(fusion)) }
      }
      let queries = [
        SearchQuery(text: "honey", mode: .keyword, diversity: 2),
        SearchQuery(text: "honey", mode: .keyword, neighbours: 11),
        SearchQuery(text: "honey", mode: .keyword, neighbours: -1),
        SearchQuery(text: "honey", mode: .keyword, candidates: 0),
      ]
      for query in queries {
        await #expect(throws: VectorStoreError.self) { try await store.search(query) }
      }
    }
  }
}
