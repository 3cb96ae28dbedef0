import Preprocessing

/// Sentences that say what something is.
func definitionDrafts(_ text: ExtractText) -> [Draft] {
  var drafts: [Draft] = []
  for paragraph in text.paragraphs {
    let sentences = sentenceRanges(text.bytes, paragraph)
    for sentence in sentences {
      guard let (term, verb) = definedTerm(plainText(text.string(sentence))) else { continue }
      guard let answer = text.answer(from: sentence.lowerBound, upTo: paragraph.upperBound, limit: 800) else {
        continue
      }
      drafts.append(text.draft(Phrasing.definition(term, verb: verb), "definition", answer: answer))
      break
    }
  }
  return drafts
}

/// The term of `A term is a …` and the verb, when the term is a short noun phrase of its own.
private func definedTerm(_ sentence: String) -> (term: String, verb: String)? {
  let words = sentence.split(separator: " ")
  guard words.count >= 8 else { return nil }
  guard let verbIndex = words.prefix(7).firstIndex(where: { $0 == "is" || $0 == "are" || $0 == "refers" }),
    verbIndex >= 1
  else { return nil }
  let verb = String(words[verbIndex])
  let after = words[verbIndex + 1].lowercased()
  guard verb == "are" ? !after.hasSuffix("ed") && definers.contains(after) : definers.contains(after) || after == "to"
  else {
    return nil
  }
  if verb == "refers", after != "to" { return nil }
  if verb != "refers", after == "to" { return nil }
  let term = words[..<verbIndex]
  guard !term.contains(where: { vagueWords.contains($0.lowercased()) || $0.hasSuffix(",") || $0.hasSuffix(":") }) else {
    return nil
  }
  guard let head = term.last, !vagueNouns.contains(head.lowercased()) else { return nil }
  guard term.contains(where: { !["a", "an", "the", "of"].contains($0.lowercased()) }), isNamed(term) else { return nil }
  let phrase = term.joined(separator: " ")
  let article = term[0].lowercased()
  let isArticle = ["a", "an", "the"].contains(article)
  return (isArticle ? article + phrase.dropFirst(article.count) : phrase, verb == "are" ? "are" : "is")
}

/// Whether a term has a capital or a digit beyond its first letter, a hyphen, or an article and one or two words: names
/// and set expressions, rather than the subject of any sentence.
private func isNamed(_ term: ArraySlice<Substring>) -> Bool {
  let isArticled = ["a", "an"].contains(term[term.startIndex].lowercased())
  if isArticled { return term.count <= 4 }
  if term[term.startIndex].lowercased() == "the" {
    return term.dropFirst().contains { $0.contains(where: \.isUppercase) }
  }
  return term.count <= 4
    && (term.dropFirst().contains { $0.contains(where: \.isUppercase) }
      || term[term.startIndex].dropFirst().contains {
        $0.isUppercase || $0.isNumber || $0 == "-"
      } || term.count == 1)
}

private let definers: Set<String> = [
  "a", "an", "the", "one", "like", "special", "used", "known", "basically", "essentially",
]

private let vagueWords: Set<String> = [
  "this", "that", "these", "those", "it", "its", "there", "here", "they", "he", "she", "we", "you", "i", "what",
  "which", "who",
  "how", "why", "where", "when", "my", "our", "your", "their", "his", "her", "one", "another", "each", "every", "all",
  "both",
  "some", "most", "many", "first", "second", "third", "last", "next", "other", "others", "if", "as", "in", "on", "for",
  "and", "but", "so", "or", "to", "with", "by", "because",
  "since",
  "now", "then", "thus", "not", "only", "also", "maybe", "everything", "something", "nothing", "anything", "inside",
  "main", "above", "below", "final", "previous", "important", "simple", "better", "best", "good", "nice",
  "great",
  "let",
  "at",
]

/// Nouns that mean something only beside the sentence before.
private let vagueNouns: Set<String> = [
  "result", "goal", "idea", "problem", "reason", "step", "thing", "point", "question", "answer", "example", "purpose",
  "difference", "solution", "output", "input", "key", "trick", "way", "case", "issue", "advantage", "rest", "image",
  "figure", "code", "article", "post", "lesson", "section", "course", "people", "book", "time", "team", "project",
  "value",
  "line", "parameter", "function", "snippet", "script", "notebook", "work",
]
