/// Cleans Markdown, keeping its structure; code fences stay byte for byte.
///
/// Outside fences: characters nobody sees go and the rest is composed, line ends become line feeds, leftover HTML
/// entities are decoded and links lose their tracking parameters (neither inside code), trailing spaces go, a run of
/// blank lines becomes one, and the lines of a text that was wrapped at a fixed width are joined again.
/// A line counts as a fence by what it is after cleaning, so that cleaning a cleaned text changes nothing.
func cleanMarkdown(_ text: String) -> String {
  var cleaning = MarkdownCleaning(Array(text.utf8))
  let lines = cleaning.cleanedLines()
  return String(decoding: joiningWrappedLines(lines), as: UTF8.self)
}

private struct MarkdownCleaning {
  private let input: [UInt8]
  private var output: [UInt8] = []
  /// The lines of the paragraph being read, each with its line feed.
  private var paragraph: [UInt8] = []
  private var blankLinePending = false

  init(_ input: [UInt8]) {
    self.input = input
    output.reserveCapacity(input.count)
  }

  mutating func cleanedLines() -> [UInt8] {
    var fence: CodeFence?
    var position = 0
    while position < input.count {
      let (line, next) = nextLine(from: position)
      position = next
      if let open = fence {
        output.append(contentsOf: input[line.lowerBound..<next])
        if open.isClosed(by: input, line) {
          fence = nil
          endFenceLine()
        }
        continue
      }
      let cleaned = cleanedCharacters(ofLine: input[line])
      fence = CodeFence(openedBy: cleaned, 0..<cleaned.count)
      if fence != nil {
        endParagraph()
        emit(cleaned[...])
      } else if cleaned.isEmpty {
        endParagraph()
        blankLinePending = true
      } else {
        paragraph.append(contentsOf: cleaned)
        paragraph.append(ASCII.lineFeed)
      }
    }
    endParagraph()
    if fence == nil, output.last == ASCII.lineFeed { output.removeLast() }
    return output
  }

  /// A line ends at LF, CR or both; the line's bytes without its end, and where the next one starts.
  private func nextLine(from start: Int) -> (line: Range<Int>, next: Int) {
    var end = start
    while end < input.count, input[end] != ASCII.lineFeed, input[end] != ASCII.carriageReturn { end += 1 }
    guard end < input.count else { return (start..<end, end) }
    let isPair = input[end] == ASCII.carriageReturn && end + 1 < input.count && input[end + 1] == ASCII.lineFeed
    return (start..<end, end + (isPair ? 2 : 1))
  }

  /// Makes the closing line of a fence end as every other line does.
  private mutating func endFenceLine() {
    while let last = output.last, last.isASCIISpace { output.removeLast() }
    output.append(ASCII.lineFeed)
  }

  private mutating func endParagraph() {
    guard !paragraph.isEmpty else { return }
    var lines = paragraph.split(separator: ASCII.lineFeed).map(Array.init)
    if !isIndentedCode(paragraph) {
      let decoded = decodingEntities(in: paragraph)
      if decoded != paragraph, let cleaned = cleanedAgain(decoded) { lines = cleaned }
      let joined = Array(lines.joined(separator: [ASCII.lineFeed]))
      lines = withoutTracking(joined).split(separator: ASCII.lineFeed, omittingEmptySubsequences: false).map(Array.init)
    }
    for line in lines { emit(line[...]) }
    paragraph.removeAll(keepingCapacity: true)
  }

  /// The lines of a decoded paragraph, or nil when one of them would now open a fence, or be a quote of others that was
  /// none.
  private func cleanedAgain(_ decoded: [UInt8]) -> [[UInt8]]? {
    var lines: [[UInt8]] = []
    for line in decoded.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false).dropLast() {
      let cleaned = cleanedCharacters(ofLine: line)
      if CodeFence(openedBy: cleaned, 0..<cleaned.count) != nil { return nil }
      lines.append(cleaned)
    }
    let known = paragraph.split(separator: ASCII.lineFeed).map(Array.init)
    return lines.count(where: isQuoteLine) == known.count(where: isQuoteLine) ? lines : nil
  }

  private func isQuoteLine(_ line: [UInt8]) -> Bool { MarkdownLine(line, 0..<line.count) == .quote }

  private mutating func emit(_ line: ArraySlice<UInt8>) {
    if line.isEmpty {
      blankLinePending = true
      return
    }
    if blankLinePending, !output.isEmpty { output.append(ASCII.lineFeed) }
    blankLinePending = false
    output.append(contentsOf: line)
    output.append(ASCII.lineFeed)
  }
}

/// Whether a paragraph's first line is indented by four columns or more (CommonMark 0.31, section 4.4).
private func isIndentedCode(_ paragraph: [UInt8]) -> Bool {
  indentation(paragraph, 0..<paragraph.count) >= 4
}
