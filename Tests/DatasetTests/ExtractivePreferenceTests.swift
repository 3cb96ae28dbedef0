import Dataset
import Domain
import Testing

struct ExtractivePreferenceTests {
  private func outcomes(_ text: String = article) -> [GeneratorOutcome] {
    let generator = ExtractivePreferenceGenerator()
    return extracts(of: document(text)).map { generator.samples(from: $0) }
  }

  private func preferences(_ outcomes: [GeneratorOutcome]) -> [PreferenceSample] {
    outcomes.flatMap(\.accepted).compactMap { if case .preference(let sample) = $0.sample { sample } else { nil } }
  }

  @Test func `chosen answers are the author's bytes, and rejected ones are another stretch or broken off`() {
    let bytes = Array(document(article).text.utf8)
    let samples = preferences(outcomes())
    #expect(samples.count >= 3)
    for sample in samples {
      #expect(Array(sample.chosen.utf8) == Array(bytes[sample.provenance.start..<sample.provenance.end]))
      #expect(sample.rejected != sample.chosen && !sample.rejected.isEmpty)
      let isBrokenOff = sample.chosen.hasPrefix(sample.rejected)
      #expect(
        isBrokenOff ? !".!?".contains(sample.rejected.suffix(1)) : document(article).text.contains(sample.rejected))
    }
    #expect(samples.contains { $0.chosen.hasPrefix($0.rejected) })
    #expect(Set(samples.map(\.id)).count == samples.count)
  }

  @Test func `they pass the gates of preferences, and are the same each time`() {
    let first = outcomes().map { gated($0, by: GateSettings()) }
    #expect(preferences(first).count >= 2)
    #expect(first.flatMap(\.rejected).allSatisfy { !["same_answers", "not_verbatim"].contains($0.rule) })
    #expect(outcomes() == outcomes())
  }

  @Test func `an instruction whose answer is all there is and short has no preference, and says so`() {
    let text = """
      ## What is a tide table?

      A tide table is a list of the times at which the water of one place is high or low,
      made in advance for a year by people who know the Moon better than they know the wind there.
      """
    let rejected = outcomes(text).flatMap(\.rejected)
    #expect(preferences(outcomes(text)).isEmpty)
    #expect(rejected.contains { $0.rule == "no_worse_answer" }, "\(rejected.map(\.rule))")
  }
}
