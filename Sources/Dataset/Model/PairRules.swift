/// What a pair that a model made must fulfil.
///
/// For preferences the rules are those of the LLM Engineers Handbook: a chosen answer of 100 characters or more that
/// begins with a capital and ends with a full stop, a question mark or an exclamation mark; and beyond them, that it is
/// the author's text and not the rejected answer.
enum PairRules {
  /// The name of a rule and what broke it.
  typealias Broken = (rule: String, detail: String)

  static let instructionLength = 10...600
  static let answerLength = 40...6000
  static let shortestChosen = 100

  /// What an instruction or an answer of the model's breaks, or nil.
  static func brokenRule(instruction: String, answer: String, extract: Extract) -> Broken? {
    if let broken = brokenRule(instruction: instruction) { return broken }
    guard answerLength.contains(answer.utf8.count) else {
      return ("answer_length", "the answer has \(answer.utf8.count) bytes, not \(words(answerLength))")
    }
    guard sharesFourWords(answer, extract.text) else {
      return ("not_grounded", "no four words in a row of the answer stand in the extract")
    }
    return nil
  }

  /// What a prompt with its two answers breaks, or nil.
  static func brokenRule(instruction: String, chosen: String, rejected: String) -> Broken? {
    if let broken = brokenRule(instruction: instruction) { return broken }
    guard chosen.count >= shortestChosen else {
      return ("chosen_length", "the chosen answer has \(chosen.count) characters, fewer than \(shortestChosen)")
    }
    guard chosen.first?.isUppercase == true else { return ("chosen_start", "the chosen answer begins with no capital") }
    guard let last = chosen.last, ".!?".contains(last) else {
      return ("chosen_end", "the chosen answer does not end as a sentence does")
    }
    guard normalized(chosen) != normalized(rejected) else { return ("same_answers", "both answers are the same") }
    guard answerLength.contains(rejected.utf8.count) else {
      return ("rejected_length", "the rejected answer has \(rejected.utf8.count) bytes, not \(words(answerLength))")
    }
    return nil
  }

  private static func brokenRule(instruction: String) -> Broken? {
    guard instructionLength.contains(instruction.utf8.count) else {
      return (
        "instruction_length", "the instruction has \(instruction.utf8.count) bytes, not \(words(instructionLength))"
      )
    }
    let text = " \(normalized(instruction)) "
    if let mention = mentions.first(where: { text.contains(" \($0) ") }) {
      return ("mentions_source", "the instruction speaks of “\(mention)”")
    }
    return nil
  }

  private static func words(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound) to \(range.upperBound)" }

  /// How instructions give away that there was a piece to read.
  private static let mentions =
    ["the", "this", "given", "provided"].flatMap { article in
      ["context", "extract", "excerpt", "passage", "text", "snippet", "document", "article"].map { "\(article) \($0)" }
    } + ["system prompt", "system message", "the author", "mentioned above", "as described above"]
}

/// Whether two texts share four words in a row, letter case and punctuation aside: the weakest sign that an answer is
/// about what it claims to be about.
func sharesFourWords(_ first: String, _ second: String) -> Bool {
  !fourWords(first).isDisjoint(with: fourWords(second))
}

private func fourWords(_ text: String) -> Set<String> {
  let words = normalized(text).split(separator: " ")
  guard words.count >= 4 else { return words.isEmpty ? [] : [words.joined(separator: " ")] }
  return Set((0...(words.count - 4)).map { words[$0..<($0 + 4)].joined(separator: " ") })
}

/// Where the words of `quote` stand in `text`, one after the other, whatever the white space between them.
func verbatimSpan(of quote: String, in text: String) -> Range<Int>? {
  let quoted = wordRanges(Array(quote.utf8))
  let quoteBytes = Array(quote.utf8)
  let bytes = Array(text.utf8)
  let words = wordRanges(bytes)
  guard !quoted.isEmpty, quoted.count <= words.count else { return nil }
  for start in 0...(words.count - quoted.count) {
    let matches = quoted.indices.allSatisfy { bytes[words[start + $0]] == quoteBytes[quoted[$0]] }
    if matches { return words[start].lowerBound..<words[start + quoted.count - 1].upperBound }
  }
  return nil
}

private func wordRanges(_ bytes: [UInt8]) -> [Range<Int>] {
  bytes.indices.split { bytes[$0] == 0x20 || (0x09...0x0D).contains(bytes[$0]) }.map { $0.startIndex..<$0.endIndex }
}
