/// Takes names, links and identifiers out of texts.
struct Redaction: Sendable {
  /// What stands in their place.
  static let mark = "[deleted]"

  /// What is found wherever it stands as words of its own.
  let names: [String]
  /// What is found as a whole word, between spaces, quotes and brackets. There may be thousands.
  let words: Set<String>

  /// Whether a text has any of them.
  func isMentioned(in text: String) -> Bool { redacted(text) != text }

  /// Whether any text in a JSON value, a key included, has any of them.
  func isMentioned(in value: JSONValue) -> Bool { redacted(value) != value }

  /// The value without them, in texts and keys.
  func redacted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): .string(redacted(text))
    case .array(let values): .array(values.map(redacted))
    case .object(let members):
      .object(Dictionary(members.map { (redacted($0.key), redacted($0.value)) }, uniquingKeysWith: { $1 }))
    case .null, .bool, .integer, .number: value
    }
  }

  /// The text without them.
  func redacted(_ text: String) -> String {
    if words.contains(text) { return Self.mark }
    return names.reduce(withoutWords(text)) { withoutName($1, $0) }
  }

  private func withoutWords(_ text: String) -> String {
    var result = ""
    var word = Substring()
    func endWord() {
      // An extract is named by its document's link and its place; a sentence ends in a mark.
      let bare = word.prefix { $0 != "#" }
      let trimmed = Substring(word.reversed().drop { ".:".contains($0) }.reversed())
      if let found = [word, trimmed, bare].first(where: { words.contains(String($0)) }) {
        result += Self.mark + word.dropFirst(found.count)
      } else {
        result += word
      }
    }
    var start = text.startIndex
    for index in text.indices where separators.contains(text[index]) {
      word = text[start..<index]
      endWord()
      result.append(text[index])
      start = text.index(after: index)
    }
    word = text[start...]
    endWord()
    return result
  }

  private func withoutName(_ name: String, _ text: String) -> String {
    guard !name.isEmpty else { return text }
    var result = ""
    var rest = text[...]
    while let found = rest.firstRange(of: name) {
      let before = found.lowerBound == text.startIndex ? nil : text[text.index(before: found.lowerBound)]
      let after = found.upperBound == text.endIndex ? nil : text[found.upperBound]
      let isWhole = !isPartOfWord(before) && !isPartOfWord(after)
      result += rest[..<found.lowerBound] + (isWhole ? Self.mark : name)
      rest = rest[found.upperBound...]
    }
    return result + rest
  }

  private func isPartOfWord(_ character: Character?) -> Bool {
    character.map { $0.isLetter || $0.isNumber } ?? false
  }
}

/// What may stand around a link in a message or a list.
private let separators: Set<Character> = [
  " ", "\n", "\t", ",", ";", "\"", "'", "`", "(", ")", "[", "]", "{", "}", "<", ">",
]
