import Domain

/// Compares answers with their authors' own texts.
struct StyleComparison {
  private let profiles: [String: StyleProfile]
  private let halves: [String: (StyleProfile, StyleFeatures)]

  /// - Parameter extracts: the authors' texts; of source files nothing is taken.
  init(_ extracts: [Extract]) {
    let prose = extracts.filter { !$0.isSource }
    // Any order of the extracts gives the same stretches.
    let sorted = prose.sorted { ($0.documentID.uuidString, $0.start) < ($1.documentID.uuidString, $1.start) }
    var texts: [String: [StyleFeatures]] = [:]
    for extract in sorted { texts[extract.authorFullName, default: []].append(StyleFeatures(extract.text)) }
    profiles = texts.mapValues { StyleProfile($0) }
    halves = texts.mapValues { features in
      let even = features.indices.filter { $0.isMultiple(of: 2) }.map { features[$0] }
      let odd = features.indices.filter { !$0.isMultiple(of: 2) }.map { features[$0] }
      return (StyleProfile(even), odd.reduce(into: StyleFeatures()) { $0.add($1) })
    }
  }

  /// How far the answer of a sample is from the author's texts; nil for code.
  func scores(of sample: Sample) -> StyleScores? {
    profiles[sample.provenance.authorFullName]?.scores(of: StyleFeatures(sample.answer))
  }

  /// The same of all answers together, for each author by name.
  func summaries(of samples: [Sample]) -> [StyleSummary] {
    Dictionary(grouping: samples, by: \.provenance.authorFullName).sorted { $0.key < $1.key }.compactMap {
      author, samples in
      let features = samples.reduce(into: StyleFeatures()) { $0.add(StyleFeatures($1.answer)) }
      guard let scores = profiles[author]?.scores(of: features), let (half, other) = halves[author],
        let own = half.scores(of: other)
      else { return nil }
      return StyleSummary(author: author, answers: samples.count, scores: scores, own: own)
    }
  }
}
