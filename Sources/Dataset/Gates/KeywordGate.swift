/// Words and phrases that a user wants in no sample.
struct KeywordGate: SampleGate {
  private let keywords: [(shown: String, words: String)]

  init(_ keywords: [String]) {
    self.keywords = keywords.map { ($0, " \(normalized($0)) ") }.filter { $0.1.count > 2 }
  }

  func finding(in sample: Sample, of extract: Extract) -> Finding? {
    guard !keywords.isEmpty else { return nil }
    for (name, text) in sample.fields {
      let words = " \(normalized(text)) "
      if let found = keywords.first(where: { words.contains($0.words) }) {
        return Finding("keyword", "the \(name) has “\(found.shown)”")
      }
    }
    return nil
  }
}
