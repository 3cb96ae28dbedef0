import Dataset
import Domain
import TestSupport
import Testing

/// Whatever is given, no document, instruction or answer stands on both sides.
struct SplitPropertyTests {
  private let words = [
    "mill", "store", "card", "wheel", "crank", "brass", "column", "engine", "loom", "thread", "punch", "carry", "tens",
    "metal", "paper", "print", "table", "steam", "oil", "gear",
  ]

  private func sentence(_ count: Int, _ generator: inout SeededGenerator) -> String {
    let chosen = (0..<count).compactMap { _ in words.randomElement(using: &generator) }
    return "The \(chosen.joined(separator: " "))."
  }

  /// The text with one word replaced: nearly the same.
  private func altered(_ text: String, _ generator: inout SeededGenerator) -> String {
    var parts = text.split(separator: " ").map(String.init)
    parts[Int.random(in: 1..<parts.count, using: &generator)] = "cog"
    return parts.joined(separator: " ")
  }

  /// Samples of some documents that copy from each other, exactly and nearly.
  private func outcomes(_ documents: Int, _ generator: inout SeededGenerator) throws -> [GeneratorOutcome] {
    var pool: [(instruction: String, answer: String)] = []
    let extract = try #require(extracts(of: document(article)).first)
    return (0..<documents).flatMap { number in
      (0..<Int.random(in: 1...4, using: &generator)).map { index in
        var pair = (sentence(9, &generator), (0..<5).map { _ in sentence(11, &generator) }.joined(separator: " "))
        if let other = pool.randomElement(using: &generator) {
          switch Int.random(in: 0..<6, using: &generator) {
          case 0: pair.1 = other.answer
          case 1: pair.1 = altered(other.answer, &generator)
          case 2: pair.0 = other.instruction
          case 3:
            pair = (altered(other.instruction, &generator), altered(altered(other.answer, &generator), &generator))
          default: break
          }
        }
        pool.append(pair)
        let link = "https://example.org/\(number)"
        let provenance = Provenance(
          documentID: Identifier("document", [link]), link: link, category: .articles, authorFullName: "Ada Example",
          start: index * 100, end: index * 100 + 90, extractHash: ContentHash(of: pair.1), recipe: "test/1",
          recipeHash: ContentHash(of: "test"))
        let sample = InstructSample(instruction: pair.0, output: pair.1, provenance: provenance, index: index)
        return GeneratorOutcome(of: extract, accepted: [.init(.instruction(sample))])
      }
    }
  }

  @Test(arguments: 0..<30)
  func `no set leaks, and any order gives the same one`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let outcomes = try outcomes(Int.random(in: 1...25, using: &generator), &generator)
    let settings = DatasetSettings(testSplit: Double.random(in: 0...0.9, using: &generator))
    let set = try buildDataset(from: outcomes, settings: settings)
    #expect(Set(set.train.map(\.provenance.documentID)).isDisjoint(with: set.test.map(\.provenance.documentID)))
    for test in set.test {
      for train in set.train {
        #expect(similarity(train.answer, test.answer) < 0.8 && similarity(train.instruction, test.instruction) < 0.8)
      }
    }
    #expect(set.samples.count + set.rejected.count == outcomes.count)
    #expect(try buildDataset(from: outcomes.shuffled(using: &generator), settings: settings) == set)
  }

  /// The Jaccard similarity of runs of three words, in the plainest way.
  private func similarity(_ left: String, _ right: String) -> Double {
    func grams(_ text: String) -> Set<[Substring]> {
      let words = text.lowercased().split { !$0.isLetter }
      return words.count < 3 ? [words] : Set((0...(words.count - 3)).map { Array(words[$0..<($0 + 3)]) })
    }
    let (one, other) = (grams(left), grams(right))
    return Double(one.intersection(other).count) / Double(one.union(other).count)
  }

  @Test func `a leak of any kind is found by the check and stops the set`() throws {
    var generator = SeededGenerator(seed: 99)
    let outcomes = try outcomes(12, &generator)
    let whole = try buildDataset(from: outcomes, settings: DatasetSettings(testSplit: 0.4))
    try whole.checkLeaks()
    let train = try #require(whole.train.first)
    func leak(_ change: (inout InstructSample) -> Void) throws -> DatasetError? {
      guard case .instruction(var sample) = train else { return nil }
      sample.provenance.documentID = Identifier("document", ["another"])
      (sample.instruction, sample.output) = (
        "Nothing like it at all, is it?", "No words of this one were ever in the other."
      )
      change(&sample)
      var set = whole
      set.test.append(.instruction(sample))
      do { try set.checkLeaks() } catch let error as DatasetError { return error }
      return nil
    }
    #expect(try leak { _ in } == nil)
    #expect(try leak { $0.provenance.documentID = train.provenance.documentID } != nil)
    #expect(try leak { $0.instruction = train.instruction.uppercased() } != nil)
    #expect(try leak { $0.output = altered(train.answer, &generator) } != nil)
  }

  @Test func `a chain of texts, each nearly the next one, does not make one cluster of all`() throws {
    let extract = try #require(extracts(of: document(article)).first)
    // Each text has three words of forty that the one before has not.
    let all = (0..<150).map { "w\($0)" }
    let outcomes = (0..<30).map { step in
      let text = all[(step * 3)..<(step * 3 + 40)].joined(separator: " ") + "."
      let link = "https://example.org/\(step)"
      let provenance = Provenance(
        documentID: Identifier("document", [link]), link: link, category: .articles, authorFullName: "Ada Example",
        start: 0, end: 90, extractHash: ContentHash(of: text), recipe: "test/1", recipeHash: ContentHash(of: "test"))
      let sample = InstructSample(instruction: "Say \(all[step]).", output: text, provenance: provenance, index: 0)
      return GeneratorOutcome(of: extract, accepted: [.init(.instruction(sample))])
    }
    let set = try buildDataset(from: outcomes, settings: DatasetSettings(testSplit: 0))
    #expect(set.train.count >= 10 && set.rejectionCounts["near_duplicate_answer", default: 0] >= 5)
    #expect((set.clusters?.largest.first?.removed ?? 0) <= 3)
    #expect(set.clusters?.sizes.reduce(0) { $0 + (Int($1.key) ?? 0) * $1.value } == 30)
  }
}
