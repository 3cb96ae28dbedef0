import Domain
import Foundation
import TestSupport
import Testing

@testable import VectorStore

/// Which chunk stands for which, after any changes and interruptions: what the rule says of all that is stored.
@Suite struct SharedStandInTests {
  private static let words = (0..<60).map { "word\($0)" }

  /// Texts a little unlike the one before: those whose numbers differ by five at most are like each other, those that
  /// differ by eight or more are not.
  private static func text(_ number: Int) -> String {
    var words = words
    for position in 0..<number { words[position] = "other\(position)" }
    return words.joined(separator: " ")
  }

  private static func replacement(
    _ name: String, day: Int?, text: String, category: DataCategory = .articles, vector: [Float] = [1, 0, 0, 0]
  ) -> DocumentReplacement {
    var document = Corpus.document(name, category: category)
    document.publishedAt = day.map { Date(timeIntervalSince1970: 1_704_067_200 + Double($0) * 86_400) }
    return Corpus.replacement(document, [(text: text, vector: vector)])
  }

  /// What the rule says of the chunks: the one that stands for each, nil for itself.
  private static func expected(_ chunks: [EmbeddedChunk]) -> [Identifier: Identifier?] {
    var leaders: [EmbeddedChunk] = []
    var expected: [Identifier: Identifier?] = [:]
    for chunk in chunks.sorted(by: { DuplicateRule.Place($0.chunk) < DuplicateRule.Place($1.chunk) }) {
      let leader = leaders.first { leader in
        if textDigest(of: leader.chunk.text) == textDigest(of: chunk.chunk.text) { return true }
        return leader.vector == chunk.vector
          && DuplicateRule.overlap(
            DuplicateRule.shingles(of: leader.chunk.text), DuplicateRule.shingles(of: chunk.chunk.text))
      }
      expected.updateValue(leader?.id, forKey: chunk.id)
      if leader == nil { leaders.append(chunk) }
    }
    return expected
  }

  /// What is stored; a chunk that is not linked is missing.
  private static func links(_ store: VectorStore) async throws -> [Identifier: Identifier?] {
    var links: [Identifier: Identifier?] = [:]
    for category in DataCategory.allCases {
      let collection = CollectionReference(kind: .embedded, category: category)
      let driver = store.driver
      for try await reference in StoredSequence(page: {
        try await driver.references(in: collection, where: .everything, from: $0)
      }) {
        if let link = reference.link { links.updateValue(link.duplicateOf, forKey: link.id) }
      }
    }
    return links
  }

  private static func all(_ store: VectorStore) async throws -> [EmbeddedChunk] {
    var all: [EmbeddedChunk] = []
    for category in DataCategory.allCases { for try await chunk in store.chunks(in: category) { all.append(chunk) } }
    return all
  }

  /// Links, broken off after no change, then after one more, and so on until it comes to its end.
  private static func linkWithInterruptions(_ store: VectorStore) async throws {
    var changes = 0
    while true {
      do {
        _ = try await VectorStore(driver: FaultyDriver(store.driver, after: changes)).linkDuplicates()
        return
      } catch is FaultyDriver.Fault {
        changes += 1
      }
    }
  }

  @Test(arguments: Engine.available, [1, 3])
  func `links are those of the rule after any changes, interrupted anywhere`(engine: Engine, seed: Int) async throws {
    var random = SeededGenerator(seed: UInt64(seed))
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      for step in 0..<10 {
        var replacements: [DocumentReplacement] = []
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          let number = Int.random(in: 0..<24, using: &random)
          let category: DataCategory = number.isMultiple(of: 3) ? .posts : .articles
          let name = "d\(number)"
          if Int.random(in: 0..<5, using: &random) == 0 {
            try await store.delete(documents: [Corpus.document(name, category: category).id], in: category)
            replacements.removeAll { $0.document.link == Corpus.document(name).link }
            continue
          }
          let text = Int.random(in: 0...18, using: &random)
          replacements.append(
            Self.replacement(
              name, day: (0..<8).randomElement(using: &random).flatMap { $0 == 0 ? nil : $0 },
              text: Self.text(text), category: category, vector: text == 9 ? [0, 1, 0, 0] : [1, 0, 0, 0]))
        }
        _ = try await store.replaceChunks(replacements)
        if step.isMultiple(of: 2) {
          try await Self.linkWithInterruptions(store)
        } else {
          try await store.linkDuplicates()
        }
        let (links, expected) = (try await Self.links(store), Self.expected(try await Self.all(store)))
        #expect(links == expected, "step \(step)")
        #expect(try await store.linkDuplicates() == DuplicateReport())
        #expect(try await store.verify().isSound)
      }
    }
  }

  @Test(arguments: Engine.available)
  func `a chunk that is stored again with a later date leaves none hidden`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      let first = Self.replacement("first", day: 1, text: Self.text(0))
      let near = [
        Self.replacement("second", day: 2, text: Self.text(1)),
        Self.replacement("third", day: 3, text: Self.text(2), category: .posts),
      ]
      _ = try await store.replaceChunks([first] + near)
      try await store.linkDuplicates()
      _ = try await store.replaceChunks([Self.replacement("first", day: 9, text: Self.text(0))])
      try await store.linkDuplicates()
      let (a, b, c) = (first.chunks[0].id, near[0].chunks[0].id, near[1].chunks[0].id)
      #expect(try await Self.links(store) == [a: b, b: nil, c: b])
      let hits = try await store.search(SearchQuery(text: "word30", mode: .keyword))
      #expect(hits.map(\.id) == [b])
    }
  }

  @Test(arguments: Engine.available)
  func `what is hidden is like what is shown, however long the chain`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      let chain = (0..<5).map { Self.replacement("v\($0)", day: $0, text: Self.text(4 * $0)) }
      _ = try await store.replaceChunks(chain)
      try await store.linkDuplicates()
      let ids = chain.map { $0.chunks[0].id }
      // The third is unlike the first; that the second is like both makes no difference.
      #expect(
        try await Self.links(store) == [ids[0]: nil, ids[1]: ids[0], ids[2]: nil, ids[3]: ids[2], ids[4]: nil])
    }
  }

  @Test(arguments: Engine.available)
  func `many copies do not keep one from being found near another`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      let copies = (0..<80).map { Self.replacement("copy\($0)", day: 5, text: Self.text(0)) }
      let first = Self.replacement("first", day: 1, text: Self.text(1), vector: [1, 0.05, 0, 0])
      _ = try await store.replaceChunks(copies + [first])
      let report = try await store.linkDuplicates()
      #expect(report.checked == 81 && report.near == 80 && report.exact == 0)
      #expect(try await store.collection(EmbeddedChunk.self, of: .articles).count(where: .isDuplicate) == 80)
    }
  }
}
