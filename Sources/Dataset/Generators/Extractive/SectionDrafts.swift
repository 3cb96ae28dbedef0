import Domain
import Preprocessing

/// Requests for a section by its heading, or for what a later stretch of it is about by its key phrase.
func sectionDrafts(_ text: ExtractText) -> [Draft] {
  if text.extract.ordinal > 0 { return aspectDrafts(text) }
  if isOpening(text), let subject = text.subject {
    guard let answer = text.answer(from: 0, upTo: text.bytes.count) else { return [] }
    return [text.draft(Phrasing.opening(subject.words), "opening", answer: answer)]
  }
  guard let topic = text.topic, let start = text.substantiveStart,
    let answer = text.answer(from: start, upTo: text.bytes.count, limit: 2000)
  else { return aspectDrafts(text) }
  return [text.draft(wordings(for: topic, text), "section", answer: answer)]
}

/// Whether the extract opens its document: it stands under the title, or under no heading, or under `Introduction`.
private func isOpening(_ text: ExtractText) -> Bool {
  guard !text.extract.headings.isEmpty else { return true }
  guard let topic = text.topic else { return false }
  // A subtitle that stands twice under the title, as some sites repeat it.
  if text.extract.headings.count > 1, text.extract.headings.suffix(2).first == text.extract.headings.last {
    return true
  }
  if introductions.contains(topic.words.lowercased()) { return true }
  guard let subject = text.subject else { return false }
  // Sites shorten titles: one of the two holds the other.
  let (heading, title) = (normalized(topic.words), normalized(subject.words))
  return heading == title
    || min(heading.utf8.count, title.utf8.count) >= 20 && (heading.contains(title) || title.contains(heading))
}

private func wordings(for topic: Topic, _ text: ExtractText) -> [String] {
  let title = text.subject?.words
  if let question = topic.question {
    guard let title, topic.isGeneric || topic.addressesReader else { return [question] }
    return [Phrasing.within(title, question)]
  }
  if topic.words.hasSuffix("?") { return [title.map { Phrasing.within($0, topic.words) } ?? topic.words] }
  if let title, conclusions.contains(topic.words.lowercased()) { return Phrasing.conclusion(title) }
  if let count = topic.leadingCount, count > 1, count < 100 {
    return ["What are \(topic.words)?", "Name \(topic.words)."]
  }
  if let title, topic.isGeneric || topic.isStatement || topic.words.utf8.count > 90 {
    return Phrasing.genericSection(topic.words, in: title)
  }
  if topic.isImperative { return Phrasing.task(topic.inSentence) }
  if topic.isGerund { return Phrasing.activity(topic.inSentence) }
  return Phrasing.noun(text.inSentence(topic))
}

/// Requests for what a stretch of text says first, by its key phrase, on the subject of its section or document.
private func aspectDrafts(_ text: ExtractText) -> [Draft] {
  let topics = [text.topic, text.subject].compactMap { $0 }
  let known = topics.map(\.words).joined(separator: " ")
  guard let start = text.substantiveStart,
    let answer = text.answer(from: start, upTo: text.bytes.count),
    let phrase = keyPhrase(of: text.string(answer), besides: known), opensWith(phrase, text, answer)
  else { return [] }
  let aspect = withArticle(phrase)
  guard let topic = topics.first(where: \.isThing) else {
    return [text.draft(Phrasing.noun(aspect.words), "aspect", answer: answer)]
  }
  let wordings = Phrasing.aspect(aspect.words, of: topic.asActivity, isPlural: aspect.isPlural)
  return [text.draft(wordings, "aspect", answer: answer)]
}

/// Whether the first sentences of an answer have a phrase: one that comes later is not what the answer is about.
private func opensWith(_ phrase: String, _ text: ExtractText, _ answer: Range<Int>) -> Bool {
  let sentences = sentenceRanges(text.bytes, answer).prefix(2)
  return sentences.contains { normalized(text.string($0)).contains(normalized(phrase)) }
}

/// A phrase as it stands in a sentence: with `the`, unless it is a name, a plural or something that one does not count.
private func withArticle(_ phrase: String) -> (words: String, isPlural: Bool) {
  let isName = phrase.contains(where: \.isUppercase)
  let isPlural = phrase.hasSuffix("s") && !["ss", "is", "ics", "us"].contains(where: phrase.hasSuffix)
  let uncounted = ["ing", "tion", "ity", "ment", "ness", "data", "ics", "memory", "code", "ance", "ence", "text"]
  if isName || isPlural || uncounted.contains(where: phrase.hasSuffix) { return (phrase, isPlural && !isName) }
  return ("the \(phrase)", false)
}

private let introductions: Set<String> = ["introduction", "intro", "overview", "preface", "foreword"]

private let conclusions: Set<String> = [
  "conclusion", "conclusions", "summary", "final thoughts", "wrapping up", "wrap up", "wrap-up", "closing thoughts",
  "in conclusion", "to sum up", "key takeaways", "takeaways",
]
