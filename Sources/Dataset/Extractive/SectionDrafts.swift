import Domain

/// Requests for a section by its heading, or for what a later stretch of it is about by its key phrase.
func sectionDrafts(_ text: ExtractText) -> [Draft] {
  if text.extract.ordinal > 0 { return aspectDrafts(text) }
  if isOpening(text), let subject = text.subject {
    guard let answer = text.answer(from: 0, upTo: text.bytes.count) else { return [] }
    return [text.draft(Phrasing.opening(subject.words), "opening", answer: answer)]
  }
  guard let topic = text.topic, let start = text.substantiveStart(from: 0, isContinuation: false),
    let answer = text.answer(from: start, upTo: text.bytes.count, limit: 2000)
  else { return aspectDrafts(text) }
  return [text.draft(wordings(for: topic, text), "section", answer: answer)]
}

/// Whether the extract opens its document: it stands under the title, or under no heading, or under `Introduction`.
private func isOpening(_ text: ExtractText) -> Bool {
  guard !text.extract.headings.isEmpty else { return true }
  guard let topic = text.topic else { return false }
  return introductions.contains(topic.words.lowercased()) || topic.words == text.subject?.words
}

private func wordings(for topic: Topic, _ text: ExtractText) -> [String] {
  let title = text.subject?.words
  if let question = topic.question {
    guard let title, topic.isGeneric else { return [question] }
    return [Phrasing.within(title, question)]
  }
  if let title, conclusions.contains(topic.words.lowercased()) { return Phrasing.conclusion(title) }
  if let title, topic.isGeneric || topic.words.utf8.count > 90 {
    return Phrasing.genericSection(topic.words, in: title)
  }
  if topic.isImperative { return Phrasing.task(topic.inSentence) }
  if topic.isGerund { return Phrasing.activity(topic.inSentence) }
  return Phrasing.noun(topic.inSentence)
}

private func aspectDrafts(_ text: ExtractText) -> [Draft] {
  guard
    let topic = [text.topic, text.subject].compactMap({ $0 }).first(where: { !$0.isGeneric && $0.question == nil })
      ?? text.subject,
    let start = text.substantiveStart(from: 0, isContinuation: true),
    let answer = text.answer(from: start, upTo: text.bytes.count),
    let phrase = keyPhrase(of: text.string(answer), besides: topic.words)
  else { return [] }
  return [text.draft(Phrasing.aspect(phrase, of: topic.inSentence), "aspect", answer: answer)]
}

private let introductions: Set<String> = ["introduction", "intro", "overview", "preface", "foreword"]

private let conclusions: Set<String> = [
  "conclusion", "conclusions", "summary", "final thoughts", "wrapping up", "wrap up", "wrap-up", "closing thoughts",
  "in conclusion", "to sum up", "key takeaways", "takeaways",
]
