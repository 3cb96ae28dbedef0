import Preprocessing

/// An extract with its blocks, ready to be searched.
struct ExtractText {
  let extract: Extract
  let bytes: [UInt8]
  let blocks: [MarkdownBlock]
  /// What the document is about.
  let subject: Topic?
  /// What the section is about: its last heading, if that says something.
  let topic: Topic?

  init(_ extract: Extract) {
    self.extract = extract
    bytes = Array(extract.text.utf8)
    blocks = markdownBlocks(of: bytes)
    subject = Dataset.subject(of: extract)
    topic = extract.headings.last.flatMap { Topic($0) }
  }

  /// What wordings are chosen by.
  func key(_ kind: String, _ position: Int = 0) -> String {
    "\(extract.documentID)/\(extract.start + position)/\(kind)"
  }

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The whole extract.
  var whole: Range<Int> { 0..<bytes.count }

  var paragraphs: [Range<Int>] { blocks.filter { $0.kind == .paragraph }.map(\.range) }

  /// A topic's words inside a sentence: the capital that only begins a heading goes when the text has the word without.
  func inSentence(_ topic: Topic) -> String {
    let words = topic.inSentence
    guard let first = words.split(separator: " ").first, first.dropFirst().allSatisfy(\.isLowercase) else {
      return words
    }
    let isCommon = extract.text.contains(" \(first.lowercased())")
    return isCommon ? first.lowercased() + words.dropFirst(first.count) : words
  }

  /// The request naming its document, unless it does already.
  func within(_ instruction: String) -> String? {
    guard let subject, !instruction.contains(subject.words) else { return nil }
    return Phrasing.within(subject.words, instruction)
  }

  /// A draft whose wording is chosen from `wordings`.
  func draft(_ wordings: [String], _ kind: String, answer: Range<Int>) -> Draft {
    let instruction = choose(wordings, by: key(kind, answer.lowerBound))
    return Draft(instruction: instruction, distinctInstruction: within(instruction), answer: answer)
  }
}
