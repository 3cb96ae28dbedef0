/// What an author's texts have in common, for others to be compared with.
///
/// Delta (Burrows, "'Delta': a Measure of Stylistic Difference and a Guide to Likely Authorship", 2002) compares the
/// frequencies of function words in units of their standard deviation over stretches of the author's text.
struct StyleProfile {
  /// How many words a stretch has: fewer, and most function words do not occur.
  static let stretch = 300
  /// The fewest stretches that have a deviation worth the name.
  static let fewestStretches = 4

  private let whole: StyleFeatures
  private let means: [Double]
  private let deviations: [Double]
  private let stretchCount: Int

  /// - Parameter texts: the features of the author's texts, which are put together to stretches in their order.
  init(_ texts: [StyleFeatures]) {
    var (whole, current) = (StyleFeatures(), StyleFeatures())
    var stretches: [[Double]] = []
    for text in texts {
      whole.add(text)
      current.add(text)
      if current.words >= Self.stretch {
        stretches.append(current.functionFrequencies)
        current = StyleFeatures()
      }
    }
    self.whole = whole
    stretchCount = stretches.count
    let count = Double(max(1, stretches.count))
    let means = functionWords.indices.map { word in stretches.reduce(0) { $0 + $1[word] } / count }
    self.means = means
    deviations = functionWords.indices.map { word in
      let squares = stretches.reduce(0) { $0 + ($1[word] - means[word]) * ($1[word] - means[word]) }
      return (squares / max(1, count - 1)).squareRoot()
    }
  }

  /// How far a text is from the author's; nil for a text without words.
  func scores(of text: StyleFeatures) -> StyleScores? {
    guard text.words > 0, whole.words > 0 else { return nil }
    return StyleScores(
      delta: delta(of: text).map(rounded), characters: rounded(cosine(text.trigrams, whole.trigrams)),
      punctuation: rounded(divergence(text.punctuation, whole.punctuation)),
      sentenceLength: rounded(divergence(text.sentenceLengths, whole.sentenceLengths)))
  }

  private func delta(of text: StyleFeatures) -> Double? {
    guard stretchCount >= Self.fewestStretches else { return nil }
    let frequencies = text.functionFrequencies
    let used = deviations.indices.filter { deviations[$0] > 0 }
    guard !used.isEmpty else { return nil }
    return used.reduce(0) { $0 + abs(frequencies[$1] - means[$1]) / deviations[$1] } / Double(used.count)
  }
}

/// The cosine between two vectors of counts.
private func cosine(_ left: [UInt64: Int], _ right: [UInt64: Int]) -> Double {
  // Integers: sums of Doubles would depend on the order, which a dictionary has not.
  let product = left.reduce(0) { $0 + $1.value * (right[$1.key] ?? 0) }
  let squares = (left.values.reduce(0) { $0 + $1 * $1 }, right.values.reduce(0) { $0 + $1 * $1 })
  guard squares.0 > 0, squares.1 > 0 else { return 0 }
  return Double(product) / (Double(squares.0).squareRoot() * Double(squares.1).squareRoot())
}

/// The Jensen–Shannon divergence of two distributions, base 2 (Lin, "Divergence measures based on the Shannon entropy",
/// 1991); 0 where either has nothing.
func divergence(_ left: [Int], _ right: [Int]) -> Double {
  let (leftSum, rightSum) = (left.reduce(0, +), right.reduce(0, +))
  guard leftSum > 0, rightSum > 0 else { return 0 }
  func part(_ share: Double, _ mean: Double) -> Double { share > 0 ? share * (share / mean).binaryLogarithm : 0 }
  let sum = zip(left, right).reduce(0.0) { sum, counts in
    let (p, q) = (Double(counts.0) / Double(leftSum), Double(counts.1) / Double(rightSum))
    let mean = (p + q) / 2
    return sum + part(p, mean) + part(q, mean)
  }
  return max(0, min(1, sum / 2))
}
