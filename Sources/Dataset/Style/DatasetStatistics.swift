import Domain
import Preprocessing

/// How varied and how hard the samples of a set are: told in its card, and by `twin dataset stats`.
public struct DatasetStatistics: Codable, Hashable, Sendable {
  /// A distribution in a few numbers.
  public struct Spread: Codable, Hashable, Sendable {
    /// The mean.
    public var mean: Double
    /// The least, a quarter's, the middle, three quarters' and the greatest value.
    public var quartiles: [Double]

    /// Sums up values; of none all numbers are 0.
    init(_ values: [Double]) {
      let sorted = values.sorted()
      mean = rounded(values.isEmpty ? 0 : sorted.reduce(0, +) / Double(sorted.count))
      quartiles = (0...4).map { part in sorted.isEmpty ? 0 : rounded(sorted[(sorted.count - 1) * part / 4]) }
    }
  }

  /// How many samples there are to train on.
  public var train: Int
  /// How many there are to test with.
  public var test: Int
  /// How many documents they come from.
  public var documents: Int
  /// How many samples of each category of documents.
  public var categories: [String: Int]
  /// How many answers are in each language, as far as it shows.
  public var languages: [String: Int]
  /// Different runs of one, two and three words among all of the instructions (distinct-n; Li et al., "A
  /// Diversity-Promoting Objective Function for Neural Conversation Models", 2016).
  public var distinctInstructionGrams: [Double]
  /// The same of the answers.
  public var distinctAnswerGrams: [Double]
  /// How much an instruction resembles the one that it resembles most among up to 1,000 of them: the mean Jaccard
  /// similarity of their words. 0 is all different.
  public var instructionSimilarity: Double
  /// The commonest first two words of instructions, at most ten, with their counts.
  public var openings: [Opening]
  /// The characters of instructions.
  public var instructionLength: Spread
  /// The characters of answers.
  public var answerLength: Spread
  /// The share of different words among the first 100 of each answer.
  public var wordVariety: Spread
  /// Flesch's reading ease of answers in English, 100 very easy and 0 very hard (Flesch, "A new readability yardstick",
  /// 1948).
  public var readingEase: Spread
  /// The share of answers that are the author's bytes.
  public var verbatim: Double

  /// How instructions begin.
  public struct Opening: Codable, Hashable, Sendable {
    /// Two words.
    public var words: String
    /// How many instructions begin so.
    public var count: Int
  }

  /// Measures a set.
  public init(_ dataset: BuiltDataset) {
    let samples = dataset.samples
    train = dataset.train.count
    test = dataset.test.count
    documents = Set(samples.map(\.provenance.documentID)).count
    categories = samples.reduce(into: [:]) { $0[$1.provenance.category.rawValue, default: 0] += 1 }
    languages = samples.reduce(into: [:]) { counts, sample in
      if let language = dominantLanguage(of: sample.answer) { counts[language, default: 0] += 1 }
    }
    let instructions = samples.map { normalizedWords($0.instruction) }
    let answers = samples.map { normalizedWords($0.answer) }
    distinctInstructionGrams = (1...3).map { distinctGrams(instructions, $0) }
    distinctAnswerGrams = (1...3).map { distinctGrams(answers, $0) }
    instructionSimilarity = similarity(of: instructions)
    let firstWords = instructions.map { $0.prefix(2).joined(separator: " ") }
    let counts = firstWords.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    openings = counts.map { Opening(words: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.words) < ($0.count, $1.words) }.prefix(10).map(\.self)
    instructionLength = Spread(samples.map { Double($0.instruction.unicodeScalars.count) })
    answerLength = Spread(samples.map { Double($0.answer.unicodeScalars.count) })
    wordVariety = Spread(
      answers.filter { !$0.isEmpty }.map { words in
        let first = words.prefix(100)
        return Double(Set(first).count) / Double(first.count)
      })
    readingEase = Spread(samples.compactMap { flesch($0.answer) })
    let known = samples.compactMap { dataset.scores[$0.id.uuidString] }
    verbatim = rounded(known.isEmpty ? 0 : Double(known.count(where: \.isVerbatim)) / Double(known.count))
  }

  enum CodingKeys: String, CodingKey {
    case train, test, documents, categories, languages
    case distinctInstructionGrams = "distinct_instruction_grams"
    case distinctAnswerGrams = "distinct_answer_grams"
    case instructionSimilarity = "instruction_similarity"
    case openings
    case instructionLength = "instruction_length"
    case answerLength = "answer_length"
    case wordVariety = "word_variety"
    case readingEase = "reading_ease"
    case verbatim
  }
}

private func distinctGrams(_ texts: [[Substring]], _ count: Int) -> Double {
  var (all, different): (Int, Set<UInt64>) = (0, [])
  for words in texts where words.count >= count {
    let grams = wordGrams(words, count)
    all += grams.count
    different.formUnion(grams)
  }
  return rounded(all == 0 ? 0 : Double(different.count) / Double(all))
}

/// The mean similarity of each text with the one nearest to it, of at most 1,000 texts taken at even distances.
private func similarity(of texts: [[Substring]]) -> Double {
  let step = max(1, texts.count / 1000)
  let some = stride(from: 0, to: texts.count, by: step).prefix(1000).map { Set(wordGrams(texts[$0], 1)) }
  guard some.count > 1 else { return 0 }
  var holders: [UInt64: [Int]] = [:]
  for (index, words) in some.enumerated() {
    for word in words { holders[word, default: []].append(index) }
  }
  let nearest = some.enumerated().map { index, words -> Double in
    var shared: [Int: Int] = [:]
    for word in words {
      for other in holders[word, default: []] where other != index { shared[other, default: 0] += 1 }
    }
    return shared.map { Double($0.value) / Double(words.count + some[$0.key].count - $0.value) }.max() ?? 0
  }
  return rounded(nearest.reduce(0, +) / Double(some.count))
}

/// Flesch's reading ease, from words, sentences and syllables, which are counted as runs of vowels; nil for other
/// languages than English and texts without sentences.
func flesch(_ text: String) -> Double? {
  guard dominantLanguage(of: text) == "en" else { return nil }
  let bytes = Array(text.utf8)
  let sentences = sentenceRanges(bytes, 0..<bytes.count).count
  let words = text.lowercased().split { !$0.isLetter && $0 != "'" }
  guard sentences > 0, !words.isEmpty else { return nil }
  let syllables = words.reduce(0) { $0 + syllableCount($1) }
  let (perSentence, perWord) = (
    Double(words.count) / Double(sentences), Double(syllables) / Double(words.count)
  )
  return 206.835 - 1.015 * perSentence - 84.6 * perWord
}

private func syllableCount(_ word: Substring) -> Int {
  var (count, wasVowel) = (0, false)
  for byte in word.utf8 {
    let isVowel = "aeiouy".utf8.contains(byte)
    if isVowel, !wasVowel { count += 1 }
    wasVowel = isVowel
  }
  // A final `e` is silent but for `le`.
  if word.hasSuffix("e"), !word.hasSuffix("le"), count > 1 { count -= 1 }
  return max(1, count)
}
