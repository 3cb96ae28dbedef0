import Domain
import Preprocessing

/// Whether texts are whole: from the beginning of a sentence to the end of one, without an assistant speaking of itself.
///
/// Code, and posts as a whole, begin and end as their authors like. Chosen answers must begin with a capital and end with
/// a full stop, a question mark or an exclamation mark, as in the LLM Engineers Handbook.
struct FormatGate: SampleGate {
  func finding(in sample: Sample, of extract: Extract) -> Finding? {
    if let finding = instructionFinding(sample.instruction) { return finding }
    for (name, text) in sample.fields.dropFirst() {
      let words = " \(normalized(text)) "
      if let phrase = assistantTalk.first(where: { words.contains(" \($0) ") }) {
        return Finding("assistant_talk", "the \(name) says “\(phrase)”")
      }
    }
    if case .preference(let pair) = sample { return chosenFinding(pair.chosen) }
    guard !extract.isSource, extract.category != .posts else { return nil }
    return answerFinding(sample.answer)
  }

  private func instructionFinding(_ text: String) -> Finding? {
    guard let first = text.first, !first.isLowercase, !")],.;:!?".contains(first), !first.isWhitespace else {
      return Finding("instruction_start", "the instruction begins with “\(text.prefix(20))”")
    }
    guard let last = text.last, ".?!:…)]”\"'’`。？！".contains(last) else {
      return Finding("instruction_end", "the instruction ends with “\(text.suffix(20))”")
    }
    return nil
  }

  private func chosenFinding(_ text: String) -> Finding? {
    guard text.first?.isUppercase == true else {
      return Finding("chosen_start", "the chosen answer begins with “\(text.prefix(20))”, not with a capital")
    }
    guard let last = text.last, ".!?".contains(last) else {
      return Finding("chosen_end", "the chosen answer ends with “\(text.suffix(20))”, not as a sentence does")
    }
    return nil
  }

  private func answerFinding(_ text: String) -> Finding? {
    if let first = text.first, first.isLowercase || ")],.;:".contains(first) {
      return Finding("answer_start", "the answer begins with “\(text.prefix(20))”")
    }
    let bytes = Array(text.utf8)
    guard let last = markdownBlocks(of: bytes).last else { return nil }
    let isWhole: Bool
    switch last.kind {
    case .paragraph: isWhole = endsSentence(bytes[last.range])
    case .heading, .rule: isWhole = false
    case .list, .quote, .table, .fence, .indentedCode: isWhole = true
    }
    return isWhole ? nil : Finding("answer_end", "the answer ends with “\(text.suffix(20))”")
  }
}

/// How models speak of themselves, letters and digits only.
private let assistantTalk = [
  "as an ai", "as a language model", "as a large language model", "i am an ai", "i m an ai", "i cannot assist",
  "i can t assist", "i cannot help with that", "i m sorry but i", "i am sorry but i", "my training data",
  "my knowledge cutoff", "openai s policies",
]
