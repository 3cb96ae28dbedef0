import Domain

/// Whether the two answers of a preference differ, and the chosen one is the author's.
struct PreferenceGate: SampleGate {
  private let settings: GateSettings

  init(_ settings: GateSettings) { self.settings = settings }

  func finding(in sample: Sample, of extract: Extract) -> Finding? {
    guard case .preference(let pair) = sample else { return nil }
    guard isVerbatim(sample) else {
      return Finding("not_verbatim", "the chosen answer is not the author's text, byte for byte")
    }
    let (chosen, rejected) = (normalizedWords(pair.chosen), normalizedWords(pair.rejected))
    guard chosen != rejected else { return Finding("same_answers", "both answers are the same") }
    let similarity = jaccard(Set(wordGrams(chosen, 3)), Set(wordGrams(rejected, 3)))
    guard similarity < settings.nearDuplicates else {
      return Finding("same_answers", "both answers share \(percent(similarity)) of their runs of three words")
    }
    return nil
  }
}
