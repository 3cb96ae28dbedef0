import Domain

/// Whether an answer stands on the extract that it was made of: it is its bytes, or shares runs of four words with it.
///
/// The share is a weak test on purpose: it shows that an answer is about the extract, not that it is true.
struct GroundingGate: SampleGate {
  let leastSharedGrams: Double

  func finding(in sample: Sample, of extract: Extract) -> Finding? {
    let scores = grounding(of: sample, in: SourceWords(extract.text))
    guard !scores.isVerbatim, scores.sharedGrams < leastSharedGrams || scores.sharedGrams == 0 && leastSharedGrams > 0
    else { return nil }
    return Finding(
      "not_grounded",
      "\(percent(scores.sharedGrams)) of the answer's runs of four words stand in the extract, and "
        + "\(percent(leastSharedGrams)) must")
  }
}

/// The runs of four words of an extract.
struct SourceWords {
  let grams: Set<UInt64>

  init(_ text: String) { grams = Set(wordGrams(normalizedWords(text), 4)) }
}

/// How an answer stands to its extract.
func grounding(of sample: Sample, in source: SourceWords) -> SampleScores {
  let grams = wordGrams(normalizedWords(sample.answer), 4)
  let shared = grams.count { source.grams.contains($0) }
  return SampleScores(
    isVerbatim: isVerbatim(sample), sharedGrams: grams.isEmpty ? 0 : rounded(Double(shared) / Double(grams.count)))
}

/// Whether the author's answer is the bytes that its provenance names.
func isVerbatim(_ sample: Sample) -> Bool { ContentHash(of: sample.answer) == sample.provenance.extractHash }

/// Four decimals: what is written and compared must not depend on the last bit of a sum.
func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }

/// A share in percent, for people.
func percent(_ share: Double) -> String {
  let tenths = Int((share * 1000).rounded())
  return tenths.isMultiple(of: 10) ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
}
