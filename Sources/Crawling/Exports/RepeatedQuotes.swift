/// A Markdown text without the block quotes that only repeat a sentence of it, as magazines set them between paragraphs.
///
/// A quote of somebody else stands in the text once and stays.
func withoutRepeatedQuotes(_ markdown: String) -> String {
  let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)
  var quotes: [Range<Int>] = []
  var isCode = false
  for (index, line) in lines.enumerated() {
    if line.hasPrefix("```") || line.hasPrefix("~~~") { isCode.toggle() }
    guard !isCode, line.hasPrefix(">") else { continue }
    if let last = quotes.last, last.upperBound == index {
      quotes[quotes.count - 1] = last.lowerBound..<(index + 1)
    } else {
      quotes.append(index..<(index + 1))
    }
  }
  // Each is looked for in the whole text.
  guard !quotes.isEmpty, quotes.count <= 200 else { return markdown }
  let quoted = Set(quotes.joined())
  let own = words(lines.indices.filter { !quoted.contains($0) }.map { lines[$0] }.joined(separator: " "))
  let repeated = quotes.filter { range in
    let text = words(lines[range].joined(separator: " "))
    return text.utf8.count > 2 && own.contains(text)
  }
  guard !repeated.isEmpty else { return markdown }
  let left = Set(repeated.joined())
  var kept: [Substring] = []
  for index in lines.indices where !left.contains(index) {
    // One blank line where the quote stood, not two.
    if lines[index].isEmpty, kept.last?.isEmpty ?? false, left.contains(index - 1) { continue }
    kept.append(lines[index])
  }
  return kept.joined(separator: "\n")
}

/// The words of a text with a space on both sides of each, whatever marks stand between them.
private func words(_ text: String) -> String {
  " " + text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ") + " "
}
