/// Whether an instruction, or an answer that a model wrote, gives away that there was a text to read: nobody who asks the
/// twin later will have it.
///
/// “The context window” is a subject, “according to the context” is not: words that are subjects, too, count only behind
/// a preposition, or before a verb of saying.
struct MentionGate: SampleGate {
  func finding(in sample: Sample, of extract: Extract) -> Finding? {
    if let phrase = sourceMention(sample.instruction) {
      return Finding("mentions_source", "the instruction speaks of “\(phrase)”")
    }
    // The author's own words may speak of “this article”.
    let isVerbatim = isVerbatim(sample)
    let written = isVerbatim ? sample.rejectedAnswer : sample.answer
    if let written, let phrase = sourceMention(written) {
      return Finding("mentions_source", "an answer speaks of “\(phrase)”")
    }
    return nil
  }
}

private let determiners: Set<Substring> = ["the", "this", "that", "given", "provided", "above", "following"]

/// What no one asks about.
private let plainSources: Set<Substring> = ["extract", "excerpt", "passage"]

/// What may be a subject of its own.
private let sources: Set<Substring> = [
  "context", "text", "snippet", "document", "article", "section", "paragraph", "author", "post", "course", "lesson",
]

private let prepositions: Set<Substring> = ["in", "from", "of", "to", "on", "by", "per", "with"]

private let sayings: Set<Substring> = [
  "say", "says", "said", "mention", "mentions", "mentioned", "describe", "describes", "discuss", "discusses", "explain",
  "explains", "state", "states", "provided", "given", "above", "suggest", "suggests", "argue", "argues",
]

private let phrases = ["system prompt", "system message", "mentioned above", "as described above", "provided context"]

/// The words by which a text speaks of its source, or nil.
func sourceMention(_ text: String) -> String? {
  let words = normalizedWords(text)
  for (index, word) in words.enumerated() where index > 0 && determiners.contains(words[index - 1]) {
    if plainSources.contains(word) { return "\(words[index - 1]) \(word)" }
    guard sources.contains(word) else { continue }
    let next = index + 1 < words.count ? words[index + 1] : ""
    let isSaying = sayings.contains(next)
    let isLast = next.isEmpty || !isContinued(next)
    let before = index > 1 ? words[index - 2] : ""
    if isSaying || prepositions.contains(before) && isLast && words[index - 1] != "that" {
      return "\(words[index - 1]) \(word)"
    }
  }
  let joined = " \(words.joined(separator: " ")) "
  return phrases.first { joined.contains(" \($0) ") }
}

/// Whether a word behind `the context` makes it part of a longer name, as `window` does; small words do not.
private func isContinued(_ word: Substring) -> Bool {
  ![
    "and", "or", "is", "are", "was", "were", "does", "do", "did", "how", "what", "why", "which", "who", "when", "where",
    "the", "a", "an", "to", "for", "with", "about", "can", "could", "should", "would", "i", "you", "we", "it", "that",
    "explain", "describe", "summarize", "list", "name",
  ].contains(word)
}
