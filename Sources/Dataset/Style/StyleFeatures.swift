import Preprocessing

/// What a text shows of its author's habits, as counts that can be added up.
struct StyleFeatures {
  /// How many words there are.
  private(set) var words = 0
  /// How often each of ``functionWords`` occurs.
  private(set) var functionCounts = [Int](repeating: 0, count: functionWords.count)
  /// How often each run of three characters occurs: letters in lower case, any white space as one space.
  private(set) var trigrams: [UInt64: Int] = [:]
  /// How often each of ``punctuationMarks`` occurs.
  private(set) var punctuation = [Int](repeating: 0, count: punctuationMarks.count)
  /// How many sentences have up to 5, 10, 15, … words; the last class has all longer ones.
  private(set) var sentenceLengths = [Int](repeating: 0, count: 12)

  init() {}

  init(_ text: String) {
    let plain = proseOnly(text)
    let lowercased = plain.lowercased()
    for word in lowercased.split(whereSeparator: { !$0.isLetter && $0 != "'" && $0 != "’" }) {
      words += 1
      if let index = functionIndex[String(word.replacing("’", with: "'"))] { functionCounts[index] += 1 }
    }
    countTrigrams(lowercased)
    for scalar in plain.unicodeScalars {
      if let index = punctuationIndex[scalar] { punctuation[index] += 1 }
    }
    let bytes = Array(plain.utf8)
    for sentence in sentenceRanges(bytes, 0..<bytes.count) {
      let count = bytes[sentence].split { $0 <= 0x20 }.count
      if count > 0 { sentenceLengths[min(sentenceLengths.count - 1, (count - 1) / 5)] += 1 }
    }
  }

  mutating func add(_ other: StyleFeatures) {
    words += other.words
    for index in functionCounts.indices { functionCounts[index] += other.functionCounts[index] }
    trigrams.merge(other.trigrams, uniquingKeysWith: +)
    for index in punctuation.indices { punctuation[index] += other.punctuation[index] }
    for index in sentenceLengths.indices { sentenceLengths[index] += other.sentenceLengths[index] }
  }

  /// The frequency of each function word among all words.
  var functionFrequencies: [Double] { functionCounts.map { words == 0 ? 0 : Double($0) / Double(words) } }

  private mutating func countTrigrams(_ text: String) {
    var last: (UInt64, UInt64) = (0, 0)
    for scalar in text.unicodeScalars {
      let value: UInt64 = scalar.properties.isWhitespace ? 0x20 : UInt64(scalar.value)
      if value == 0x20, last.1 == 0x20 { continue }
      if last.0 != 0 { trigrams[last.0 << 42 | last.1 << 21 | value, default: 0] += 1 }
      last = (last.1, value)
    }
  }
}

/// The prose of a Markdown text, without code, tables and the marks of Markdown.
private func proseOnly(_ text: String) -> String {
  let bytes = Array(text.utf8)
  return markdownBlocks(of: bytes).compactMap { block in
    switch block.kind {
    case .paragraph, .list, .quote: plainText(String(decoding: bytes[block.range], as: UTF8.self))
    case .heading, .rule, .table, .fence, .indentedCode: nil
    }
  }.joined(separator: "\n")
}

/// Words of grammar, whose frequencies writers do not choose on purpose (Mosteller and Wallace, "Inference in an
/// Authorship Problem", 1963). English ones; in other languages the runs of characters speak.
let functionWords = [
  "a", "about", "all", "also", "although", "an", "and", "any", "are", "as", "at", "be", "because", "been", "but", "by",
  "can", "could", "did", "do", "does", "down", "each", "even", "every", "for", "from", "had", "has", "have", "he",
  "her", "here", "his", "how", "however", "i", "if", "in", "into", "is", "it", "its", "just", "like", "many", "may",
  "me", "might", "more", "most", "much", "must", "my", "no", "not", "now", "of", "on", "one", "only", "or", "our",
  "out", "over", "really", "she", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then",
  "there", "these", "they", "this", "those", "though", "through", "to", "too", "up", "upon", "us", "very", "was", "we",
  "were", "what", "when", "where", "which", "while", "who", "why", "will", "with", "would", "you", "your", "don't",
  "it's", "i'm", "can't", "that's", "let's", "you're", "we're",
]

private let functionIndex = Dictionary(uniqueKeysWithValues: functionWords.enumerated().map { ($1, $0) })

/// Marks that writers use more or less of.
let punctuationMarks: [Unicode.Scalar] = [
  ".", ",", ";", ":", "!", "?", "-", "–", "—", "(", "\"", "“", "'", "’", "…", "/", "*", "&",
]

private let punctuationIndex = Dictionary(uniqueKeysWithValues: punctuationMarks.enumerated().map { ($1, $0) })
