import Domain
import Foundation
import HTTP
import TestSupport
import Testing

@testable import VectorStore

/// The embedded driver's rankings beside those that are computed here.
@Suite struct EmbeddedKeywordTests {
  private static let words = ["lock", "tide", "sea", "harbour", "chart", "moon", "buoy", "pilot", "rope", "anchor"]

  /// BM25 as SQLite's FTS5 documents it (sqlite.org/fts5.html, “The bm25() function”), without the minus sign: the sum
  /// over a query's terms of idf · f · (k1 + 1) / (f + k1 · (1 - b + b · |D| / avgdl)), with k1 = 1.2 and b = 0.75, where
  /// idf = ln((N - n + 0.5) / (n + 0.5)), and a millionth where that is not above 0, for a term of more than half of all.
  private struct Reference {
    let chunks: [(chunk: EmbeddedChunk, terms: [String])]

    init(_ chunks: [EmbeddedChunk]) {
      self.chunks = chunks.map { ($0, keywordTerms(of: $0.chunk.keywordText)) }
    }

    func ranking(_ query: String, where passes: (Chunk) -> Bool) -> [ScoredChunk] {
      let average = Double(chunks.map(\.terms.count).reduce(0, +)) / Double(chunks.count)
      let weights = Set(keywordTerms(of: query)).sorted().map { term in
        let having = Double(chunks.count { $0.terms.contains(term) })
        let rarity = log((Double(chunks.count) - having + 0.5) / (having + 0.5))
        return (term: term, weight: rarity > 0 ? rarity : 1e-6)
      }
      let scored = chunks.filter { passes($0.chunk.chunk) }.compactMap { chunk, terms -> ScoredChunk? in
        var score = 0.0
        for (term, weight) in weights {
          let frequency = Double(terms.count { $0 == term })
          let length = Double(terms.count) / average
          score += weight * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length))
        }
        return score > 0 ? ScoredChunk(chunk: chunk.chunk, score: score) : nil
      }
      return scored.sorted(by: ScoredChunk.isBetter)
    }

    /// By the cosine of the angle.
    func ranking(_ vector: [Float], where passes: (Chunk) -> Bool) -> [ScoredChunk] {
      func norm(_ vector: [Float]) -> Double { vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
      return chunks.map(\.chunk).filter { passes($0.chunk) }.map { embedded in
        let product = zip(vector, embedded.vector).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        return ScoredChunk(chunk: embedded.chunk, score: product / norm(vector) / norm(embedded.vector))
      }.sorted(by: ScoredChunk.isBetter)
    }
  }

  /// A corpus of words of very different frequencies, of two authors and several platforms.
  private func corpus(_ random: inout SeededGenerator) -> [DocumentReplacement] {
    (0..<60).map { number in
      let document = Corpus.document(
        "d\(number)", by: number.isMultiple(of: 3) ? Corpus.ben : Corpus.ada,
        category: DataCategory.allCases[number % 3], platform: ["blog", "medium"][number % 2])
      let pieces = (0..<3).map { piece in
        let text = (0..<Int.random(in: 2..<40, using: &random)).map { _ in word(&random) }
        return (text: "n\(number)x\(piece) " + text.joined(separator: " "), vector: random.vector(8))
      }
      let model = EmbeddingModelInfo(name: "random", digest: "1", dimension: 8, maximumTokens: 64)
      return DocumentReplacement(document: document, chunks: Corpus.chunks(of: document, pieces, model: model))
    }
  }

  /// By the lesser of two draws, so that the first words are in most texts and the last ones in few.
  private func word(_ random: inout SeededGenerator) -> String {
    let draws = (0..<2).map { _ in Int.random(in: 0..<Self.words.count, using: &random) }
    return Self.words[min(draws[0], draws[1])]
  }

  private func filled(
    _ random: inout SeededGenerator
  ) async throws -> (folder: TemporaryFolder, store: VectorStore, reference: Reference) {
    let folder = try TemporaryFolder()
    let store = try await VectorStore.open("sqlite:\(folder.path("twin.sqlite"))", http: HTTPClient())
    let replacements = corpus(&random)
    let chunks = replacements.flatMap(\.chunks)
    try await store.prepare(for: chunks[0].model)
    let outcome = try await store.replaceChunks(replacements)
    #expect(outcome.failures.isEmpty)
    return (folder, store, Reference(chunks))
  }

  private func query(_ random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...4, using: &random)).map { _ in Self.words[Int.random(in: 0..<10, using: &random)] }
      .joined(separator: " ")
  }

  private let filters: [(filter: VectorFilter, passes: @Sendable (Chunk) -> Bool)] = [
    (.everything, { _ in true }),
    (.author(Corpus.ada.id), { $0.authorID == Corpus.ada.id }),
    (.platform("medium") && !.author(Corpus.ben.id), { $0.platform == "medium" && $0.authorID != Corpus.ben.id }),
  ]

  /// Makes sure that the hits are the first of a ranking, with its scores. Of chunks whose scores differ by no more than
  /// the order of a sum makes them, either may come first.
  private func expectFirst(_ limit: Int, of ranking: [ScoredChunk], _ hits: [SearchHit], _ query: String) {
    let scores = Dictionary(uniqueKeysWithValues: ranking.map { ($0.id, $0.score) })
    #expect(hits.count == min(limit, ranking.count) && Set(hits.map(\.id)).count == hits.count, "\(query)")
    for (hit, expected) in zip(hits, ranking) {
      let score = scores[hit.id] ?? 0
      #expect(abs(hit.score - score) <= 1e-9 * score, "\(query)")
      #expect(abs(expected.score - score) <= 1e-12 * score, "\(query)")
    }
  }

  @Test func `words are ranked as BM25 says, whatever the filter`() async throws {
    var random = SeededGenerator(seed: 25)
    let (folder, store, reference) = try await filled(&random)
    defer { withExtendedLifetime(folder) {} }
    var found = 0
    for number in 0..<24 {
      let (text, (filter, passes)) = (query(&random), filters[number % filters.count])
      let hits = try await store.search(SearchQuery(text: text, mode: .keyword, limit: 30, filter: filter))
      expectFirst(30, of: reference.ranking(text, where: passes), hits, text)
      found += hits.count
    }
    #expect(found > 300)
  }

  @Test func `hybrid joins what both rankings of a filter's chunks say, by their ranks`() async throws {
    var random = SeededGenerator(seed: 26)
    let (folder, store, reference) = try await filled(&random)
    defer { withExtendedLifetime(folder) {} }
    for number in 0..<24 {
      let (text, vector) = (query(&random), random.vector(8))
      let (filter, passes) = filters[number % filters.count]
      let alpha = [0.5, 0.25, 0.8][number / 3 % 3]
      var scores: [Identifier: ScoredChunk] = [:]
      let rankings = [
        (reference.ranking(vector, where: passes), 2 * alpha),
        (reference.ranking(text, where: passes), 2 * (1 - alpha)),
      ]
      for (ranking, weight) in rankings {
        for (index, chunk) in ranking.prefix(40).enumerated() {
          var sum = scores[chunk.id] ?? ScoredChunk(chunk: chunk.chunk, score: 0)
          sum.score += weight / (60 + Double(index + 1))
          scores[chunk.id] = sum
        }
      }
      let hits = try await store.search(
        SearchQuery(
          text: text, vector: vector, mode: .hybrid, limit: 15, filter: filter,
          fusion: Fusion(.reciprocalRank(constant: 60), alpha: alpha), candidates: 40))
      expectFirst(15, of: scores.values.sorted(by: ScoredChunk.isBetter), hits, text)
    }
  }
}
