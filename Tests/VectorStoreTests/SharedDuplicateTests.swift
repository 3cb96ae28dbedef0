import Domain
import Foundation
import TestSupport
import Testing
import VectorStore

/// What says the same is found, whatever the order in which it is stored.
@Suite struct SharedDuplicateTests {
  private static let words = (0..<60).map { "word\($0)" }

  /// A text of sixty words, of which the given ones are other ones.
  private static func text(changing positions: [Int] = []) -> String {
    var words = words
    for position in positions { words[position] = "other\(position)" }
    return words.joined(separator: " ")
  }

  /// A document with one chunk, published on a day of 2024.
  private static func replacement(
    _ name: String, day: Int?, text: String, vector: [Float], category: DataCategory = .articles
  ) -> DocumentReplacement {
    var document = Corpus.document(name, category: category)
    document.publishedAt = day.map { Date(timeIntervalSince1970: 1_704_067_200 + Double($0) * 86_400) }
    return Corpus.replacement(document, [(text: text, vector: vector)])
  }

  private static let all = [
    replacement("first", day: 1, text: text(), vector: [1, 0, 0, 0]),
    replacement("copy", day: 2, text: text() + " ", vector: [1, 0, 0, 0], category: .posts),
    replacement("undated", day: nil, text: text(), vector: [1, 0, 0, 0]),
    replacement("near", day: 3, text: text(changing: [59]), vector: [1, 0.1, 0, 0]),
    // Its vector is near, its words are not.
    replacement("reworded", day: 4, text: text(changing: [5, 15, 25, 35, 45, 55]), vector: [1, 0.05, 0, 0]),
    // Its words are near, its vector is not.
    replacement("turned", day: 5, text: text(changing: [0]), vector: [0, 1, 0, 0]),
    replacement("alone", day: nil, text: "nothing like it", vector: [0, 0, 1, 0]),
  ]

  private static let expected = ["copy": "first", "undated": "first", "near": "first"]

  @Test(arguments: Engine.available)
  func `copies and near copies are linked to the first, in whatever order they come`(engine: Engine) async throws {
    for seed in 1...4 {
      try await engine.withStore { store in
        var random = SeededGenerator(seed: UInt64(seed))
        try await store.prepare(for: Corpus.model)
        var rest = Self.all.shuffled(using: &random)
        while !rest.isEmpty {
          let some = rest.prefix(Int.random(in: 1...3, using: &random))
          rest.removeFirst(some.count)
          _ = try await store.replaceChunks(Array(some))
          try await store.linkDuplicates()
        }
        #expect(try await links(store) == Self.expected)
        #expect(try await store.linkDuplicates() == DuplicateReport())
      }
    }
  }

  @Test(arguments: Engine.available)
  func `what was compared is counted`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      _ = try await store.replaceChunks(Self.all)
      let report = try await store.linkDuplicates()
      #expect(report.checked == 7 && report.exact == 2 && report.near == 1)
      let articles = store.collection(EmbeddedChunk.self, of: .articles)
      #expect(try await articles.count(where: .isDuplicate) == 2)
      #expect(try await articles.count(where: !.isDuplicate) == 4)
      #expect(try await articles.count(where: .isUnlinked) == 0)
    }
  }

  @Test(arguments: Engine.available)
  func `what stood for others is followed by the next`(engine: Engine) async throws {
    try await engine.withStore { store in
      try await store.prepare(for: Corpus.model)
      _ = try await store.replaceChunks(Self.all)
      try await store.linkDuplicates()
      try await store.delete(documents: [Self.all[0].document.id], in: .articles)
      let unlinked = try await DataCategory.allCases.asyncSum { category in
        try await store.collection(EmbeddedChunk.self, of: category).count(where: .isUnlinked)
      }
      #expect(unlinked == 3)
      #expect(try await store.linkDuplicates().checked == 3)
      #expect(try await links(store) == ["undated": "copy", "near": "copy"])
      // It comes back, and says something else.
      _ = try await store.replaceChunks([
        Self.replacement("first", day: 1, text: "quite another text", vector: [0, 0, 0, 1])
      ])
      try await store.linkDuplicates()
      #expect(try await links(store) == ["undated": "copy", "near": "copy"])
    }
  }

  /// Which document's chunk stands for which one's.
  private func links(_ store: VectorStore) async throws -> [String: String] {
    var names: [String: String] = [:]
    for replacement in Self.all {
      names[replacement.chunks[0].id.uuidString] = String(replacement.document.link.split(separator: "/").last ?? "")
    }
    var links: [String: String] = [:]
    for category in DataCategory.allCases {
      let collection = store.collection(EmbeddedChunk.self, of: category)
      for standIn in try await collection.counts(by: .duplicateOf, where: .isDuplicate).keys {
        for try await chunk in collection.documents(where: .field(.duplicateOf, anyOf: [standIn])) {
          links[names[chunk.id.uuidString] ?? ""] = names[standIn]
        }
      }
    }
    return links
  }
}

extension Sequence {
  fileprivate func asyncSum(_ number: (Element) async throws -> Int) async rethrows -> Int {
    var sum = 0
    for element in self { sum += try await number(element) }
    return sum
  }
}
