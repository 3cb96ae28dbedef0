import Preprocessing

/// Questions that the author asks and answers.
func questionDrafts(_ text: ExtractText) -> [Draft] {
  var drafts: [Draft] = []
  let sentences = text.paragraphs.flatMap { sentenceRanges(text.bytes, $0) }
  for (index, sentence) in sentences.enumerated() {
    guard let question = standaloneQuestion(plainText(text.string(sentence))), index + 1 < sentences.count else {
      continue
    }
    // The answer ends where the next question begins.
    let next = sentences[(index + 1)...].first { text.bytes[$0].last == UInt8(ascii: "?") }
    guard next?.lowerBound != sentences[index + 1].lowerBound else { continue }
    let end = next?.lowerBound ?? text.bytes.count
    guard let answer = text.answer(from: sentences[index + 1].lowerBound, upTo: end, limit: 1000) else { continue }
    drafts.append(Draft(instruction: question, distinctInstruction: text.within(question), answer: answer))
  }
  return drafts
}

/// The question in a form that a stranger understands, or nil.
private func standaloneQuestion(_ sentence: String) -> String? {
  guard sentence.hasSuffix("?"), (20...160).contains(sentence.utf8.count) else { return nil }
  var question = sentence[...]
  for opening in ["so, ", "so ", "but, ", "but ", "and ", "now, ", "well, ", "ok, "]
  where question.lowercased().hasPrefix(opening) {
    question = question.dropFirst(opening.count)
  }
  let words = question.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’" && $0 != "-" }
  guard words.count >= 4, let first = words.first, questionWords.contains(String(first)) else { return nil }
  guard !words.contains(where: { unclearWords.contains(String($0)) }) else { return nil }
  return question.prefix(1).uppercased() + question.dropFirst()
}

/// Words that mean something only beside the sentence before, or that speak to the reader.
private let unclearWords: Set<String> = [
  "this", "that", "these", "those", "it", "its", "they", "them", "their", "he", "she", "him", "her", "here", "there",
  "above",
  "below", "you", "your", "such", "else", "next", "same", "one", "ones", "following", "two", "both",
]
