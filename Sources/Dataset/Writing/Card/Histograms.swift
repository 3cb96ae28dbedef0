import Domain

/// The files of all pictures that a set can have.
let histogramNames = [
  "instruction-length.svg", "answer-length.svg", "shared-grams.svg", "style-delta.svg",
]

/// The pictures of a set by the names of their files: how long its texts are, how much of the answers stands in their
/// extracts, and how near they are to the author's style. Nothing to count gives no picture.
func histograms(of dataset: BuiltDataset) -> [String: String] {
  let samples = dataset.samples
  let scores = samples.compactMap { dataset.scores[$0.id.uuidString] }
  let lengths: [Double] = [5, 10, 20, 50, 100, 200, 500, 1000]
  let shares: [Double] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]
  let pictures = [
    Histogram(
      "Length of instructions", unit: "characters", samples.map { Double($0.instruction.unicodeScalars.count) },
      steps: lengths),
    Histogram(
      "Length of answers", unit: "characters", samples.map { Double($0.answer.unicodeScalars.count) }, steps: lengths),
    Histogram(
      "Answers by what of them stands in their extract", unit: "share of runs of four words",
      scores.map(\.sharedGrams), steps: shares),
    Histogram(
      "Answers by their distance from the author's style", unit: "Burrows' Delta", scores.compactMap(\.style?.delta),
      steps: shares),
  ]
  return Dictionary(
    zip(histogramNames, pictures).compactMap { name, picture in picture.map { (name, $0.svg) } },
    uniquingKeysWith: { first, _ in first })
}
