import Dataset
import Domain
import TestSupport
import Testing

struct StyleTests {
  /// Sentences in one of two manners: long ones that hedge, or short ones that shout.
  private func text(_ isShouting: Bool, _ count: Int, _ generator: inout SeededGenerator) -> String {
    let hedges = [
      "which was made before the", "as it were, beside the", "that had been put, on a whim, under the",
      "whatever one may think of the", "for all that we know about the", "so unlike the",
    ]
    let things = ["mill", "store", "card", "wheel", "crank", "loom", "thread", "gear"]
    return (0..<count).map { _ in
      let (one, other) = (things.randomElement(using: &generator) ?? "", things.randomElement(using: &generator) ?? "")
      return isShouting
        ? "Look! The \(one) is fast! You want it! Don't wait: get your \(other) now!"
        : "It may be that the \(one), \(hedges.randomElement(using: &generator) ?? "") \(other), would have been of some use to those who, "
          + "with patience, had thought about it; and yet it was not."
    }.joined(separator: " ")
  }

  private func outcome(_ text: String, _ answer: String, _ number: Int) throws -> GeneratorOutcome {
    let link = "https://example.org/\(number)"
    let extract = try #require(extracts(of: document("## Part\n\n\(text)", link: link)).first)
    let provenance = Provenance(
      documentID: extract.documentID, link: link, category: .articles, authorFullName: extract.authorFullName,
      start: extract.start, end: extract.end, extractHash: ContentHash(of: answer), recipe: "test/1",
      recipeHash: ContentHash(of: "test"))
    let sample = InstructSample(instruction: "What of \(number)?", output: answer, provenance: provenance, index: 0)
    return GeneratorOutcome(of: extract, accepted: [.init(.instruction(sample))])
  }

  private func set(answersShout: Bool) throws -> BuiltDataset {
    var generator = SeededGenerator(seed: 5)
    var settings = DatasetSettings(testSplit: 0)
    settings.gates.nearDuplicates = 1
    settings.gates.leastSharedGrams = 0
    let outcomes = try (0..<12).map {
      try outcome(text(false, 10, &generator), text(answersShout, 6, &generator), $0)
    }
    return try buildDataset(from: outcomes.map { gated($0, by: settings.gates) }, settings: settings)
  }

  @Test func `answers in the author's manner are nearer than others, each and all together`() throws {
    let (same, other) = (try set(answersShout: false), try set(answersShout: true))
    let (near, far) = (try #require(same.style.first), try #require(other.style.first))
    #expect(near.author == "Ada Example" && near.answers == 12)
    #expect(try #require(near.scores.delta) < #require(far.scores.delta) / 2)
    #expect(near.scores.characters > 0.9 && far.scores.characters < 0.6)
    #expect(near.scores.punctuation < 0.1 && far.scores.punctuation > 0.5)
    #expect(near.scores.sentenceLength < 0.1 && far.scores.sentenceLength > 0.9)
    #expect(near.own.punctuation < 0.1)
    let worst = same.scores.values.compactMap(\.style?.punctuation).max() ?? 1
    let best = other.scores.values.compactMap(\.style?.punctuation).min() ?? 0
    #expect(worst < best)
  }

  @Test func `statistics tell how varied and how long the texts are`() throws {
    let (set, statistics) = (try set(answersShout: true), DatasetStatistics(try set(answersShout: true)))
    #expect(statistics.train == set.train.count && statistics.test == 0 && statistics.documents == 12)
    #expect(statistics.openings.map(\.words) == ["what of"] && statistics.openings.map(\.count) == [12])
    #expect(statistics.categories == ["articles": 12] && statistics.languages == ["en": 12])
    #expect(statistics.instructionLength.quartiles == [10, 10, 10, 11, 11] || statistics.instructionLength.mean > 9)
    #expect(statistics.distinctAnswerGrams[0] < 0.2 && statistics.distinctInstructionGrams[0] > 0.3)
    // Two of three words are in every instruction.
    #expect(statistics.instructionSimilarity == 0.5)
    #expect(statistics.readingEase.mean > 70)
  }

  @Test func `nothing gives numbers, and none of them is no number`() {
    let statistics = DatasetStatistics(BuiltDataset(settings: DatasetSettings(), train: [], test: [], rejected: []))
    #expect(statistics.answerLength.mean == 0 && statistics.instructionSimilarity == 0 && statistics.verbatim == 0)
  }
}
