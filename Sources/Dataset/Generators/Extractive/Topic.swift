import Preprocessing

/// What a heading or a title is about, and how one can ask for it.
struct Topic: Equatable {
  /// The heading's words without numbering, pictographs and final marks.
  let words: String

  /// Reads a heading; nil when nothing is left of it, or when it names a person, a site or a button.
  init?(_ heading: String) {
    var text = plainText(heading)
    text = droppingDecoration(text)
    text = droppingIntroduction(droppingNumbering(text))
    while let last = text.last, ".:;,-–—→".contains(last) || last.isWhitespace { text.removeLast() }
    guard (3...110).contains(text.utf8.count), text.contains(where: \.isLetter) else { return nil }
    words = text
  }

  /// Whether it says too little without its document, as `Introduction` and `Data` do.
  var isGeneric: Bool {
    let list = words.lowercased().split(separator: " ")
    return list.count == 1 && !words.dropFirst().contains(where: \.isUppercase)
      || genericHeadings.contains(words.lowercased()) || list.contains { demonstratives.contains(String($0)) }
  }

  /// Whether it names a thing or an activity that can stand inside another question.
  var isThing: Bool {
    !isGeneric && question == nil && leadingCount == nil && !isStatement && !addressesReader && words.utf8.count <= 70
      && !words.contains("?")
  }

  /// Whether it speaks to the reader.
  var addressesReader: Bool { words.lowercased().split(separator: " ").contains { ["you", "your"].contains($0) } }

  /// Whether it says something, as a sentence does.
  var isStatement: Bool {
    let list = words.lowercased().split(separator: " ")
    return question == nil
      && list.dropFirst().contains { ["is", "are", "was", "were", "will", "can", "has", "need"].contains($0) }
  }

  /// The number that it begins with, as `3 ways to …` does.
  var leadingCount: Int? { words.split { $0 == " " || $0 == "-" }.first.flatMap { Int($0) } }

  /// The first word in lower case.
  var firstWord: String { words.split(separator: " ").first.map { $0.lowercased() } ?? "" }

  /// The words with a lower-case beginning, as inside a sentence, unless the first word is a name or an acronym.
  var inSentence: String {
    guard let first = words.split(separator: " ").first else { return words }
    let isPlain = first.dropFirst().allSatisfy { $0.isLowercase || $0 == "-" || $0 == "'" || $0 == "’" }
    let isKnown =
      imperatives.contains(first.lowercased()) || isGerund || questionWords.contains(first.lowercased())
      || ["the", "a", "an", "our", "your", "my", "some", "other"].contains(first.lowercased())
    return isPlain && isKnown ? first.lowercased() + words.dropFirst(first.count) : words
  }

  /// Whether it begins as `Creating a …` does.
  var isGerund: Bool {
    let list = words.split(separator: " ")
    guard list.count >= 3, list[0].hasSuffix("ing"), list[0].count > 4 else { return false }
    return determiners.contains(list[1].lowercased()) || gerunds.contains(list[0].lowercased())
  }

  /// Whether it begins as `Create a …` does.
  var isImperative: Bool { imperatives.contains(firstWord) && words.contains(" ") }

  /// The words as something that one does, `creating a …`, or as they stand when they are a thing.
  var asActivity: String {
    let lowercased = words.lowercased()
    let task = lowercased.hasPrefix("how to ") ? String(words.dropFirst(7)) : words
    guard let verb = task.split(separator: " ").first.map({ $0.lowercased() }), imperatives.contains(verb) else {
      return inSentence
    }
    return gerund(of: verb) + task.dropFirst(verb.count)
  }

  /// The question that the words are, with its mark, or nil.
  var question: String? {
    guard questionWords.contains(firstWord), words.split(separator: " ").count >= 3 || words.hasSuffix("?") else {
      return nil
    }
    if let mark = words.firstIndex(of: "?") { return String(words[...mark]) }
    if words.lowercased().hasPrefix("how to ") { return "How do I \(words.dropFirst(7))?" }
    // `What is …` asks; `What you will learn` does not.
    let second = words.split(separator: " ").dropFirst().first.map { $0.lowercased() } ?? ""
    return auxiliaries.contains(second) ? "\(words)?" : nil
  }
}

private let demonstratives: Set<String> = ["this", "these", "that", "those", "it", "its", "here"]

private let genericHeadings: Set<String> = [
  "final thoughts", "key takeaways", "next steps", "how it works", "how does it work", "the problem", "the solution",
  "the bottom line", "wrapping up", "further reading", "getting started", "a simple example", "first steps",
  "your thoughts",
  "what's next", "the end", "what is next", "main idea", "the code", "my advice", "the goal", "prerequisites",
  "quick recap",
]

private let determiners: Set<String> = [
  "a", "an", "the", "your", "our", "my", "multiple", "several", "all", "with", "up", "it", "data", "new", "and", "on",
  "for",
  "to", "from", "in",
]

let questionWords: Set<String> = [
  "what", "why", "how", "when", "where", "which", "who", "whose", "is", "are", "can", "could", "does", "do", "did",
  "should",
  "would", "will",
]

private let auxiliaries: Set<String> = [
  "is", "are", "was", "were", "do", "does", "did", "can", "could", "should", "would", "will", "has", "have", "to",
  "not",
]

private let imperatives: Set<String> = [
  "add", "analyze", "apply", "architect", "avoid", "build", "calculate", "call", "choose", "chunk", "clean", "collect",
  "combine", "compare", "compute", "configure", "connect", "convert", "create", "debug", "define", "deploy", "design",
  "detect", "develop", "embed", "evaluate", "explore", "fine-tune", "finetune", "fix", "generate", "get", "implement",
  "improve", "install", "keep", "leverage", "load", "make", "manage", "measure", "merge", "migrate", "monitor",
  "optimize",
  "organize", "prepare", "publish", "quantize", "read", "reduce", "refactor", "run", "save", "scale", "send", "serve",
  "set",
  "speed", "speed-up", "start", "store", "test", "train", "uncensor", "understand", "update", "upload", "use",
  "validate",
  "visualize",
  "write",
]

/// The imperatives as activities, without those that more often name a thing: `training pipeline`.
private let gerunds = Set(imperatives.map(gerund(of:))).subtracting([
  "training", "streaming", "testing", "embedding", "chunking", "monitoring", "debugging", "scaling",
])

/// The verb with `-ing`, as far as ``imperatives`` need it.
private func gerund(of verb: String) -> String {
  if ["get", "set", "run", "debug", "embed"].contains(verb), let last = verb.last { return verb + [last] + "ing" }
  if verb.hasSuffix("e") { return verb.dropLast() + "ing" }
  return verb + "ing"
}

/// Drops what says only that the text is about the rest.
private func droppingIntroduction(_ text: String) -> String {
  let openings = [
    "introduction to ", "an introduction to ", "overview of ", "an overview of ", "background on ", "intro to ",
  ]
  let lowercased = text.lowercased()
  guard let opening = openings.first(where: lowercased.hasPrefix) else { return text }
  return String(text.dropFirst(opening.count))
}

/// Drops pictographs, arrows and bullets at either end.
private func droppingDecoration(_ text: String) -> String {
  let isWord: (Character) -> Bool = {
    $0.isLetter || $0.isNumber && $0.unicodeScalars.count == 1 || "\"“‘'([$#".contains($0)
  }
  let start = text.firstIndex(where: isWord) ?? text.endIndex
  var rest = text[start...]
  while let last = rest.last, !isWord(last), !"?!)]”’'\"%+".contains(last) { rest.removeLast() }
  return String(rest)
}

private let numberedWords: Set<String> = [
  "step", "lesson", "part", "chapter", "tip", "module", "section", "tier", "level",
]

/// Drops `1.2.`, `#3.`, `3)`, `Step 4:`, `Lesson 5 -` and the like from the start.
private func droppingNumbering(_ text: String) -> String {
  var rest = text[...]
  let words = rest.split(separator: " ", maxSplits: 2)
  if words.count == 3,
    numberedWords.contains(words[0].lowercased()),
    words[1].first?.isNumber == true
  {
    rest = words[2]
    if let first = rest.first, "-–—:".contains(first) { rest = rest.dropFirst() }
  } else if let first = words.first, words.count > 1 {
    let number = first.drop { $0 == "#" }
    let isLetter = first.count == 2 && first.first?.isUppercase == true
    let isRoman =
      first.last == "." && first.count > 1 && (isLetter || first.dropLast().allSatisfy { "IVX".contains($0) })
    let isNumber = isRoman || number.first?.isNumber == true && number.allSatisfy { $0.isNumber || ".)/:".contains($0) }
    if isNumber, let last = first.last, ".):".contains(last) || first.hasPrefix("#") {
      rest = rest.dropFirst(first.count)
    }
  }
  return String(rest.drop { $0 == " " })
}
