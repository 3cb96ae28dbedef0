/// Joins the lines of paragraphs in a text that was wrapped at a fixed width, as some converters of HTML leave it.
///
/// A line break in a Markdown paragraph means a space, so the structure stays; but a model trained on wrapped text learns
/// to break lines. A text counts as wrapped when, width being its longest line, most breaks stand where the next word
/// would not have fitted. Only those breaks are joined: where a word would have fitted, the author broke the line.
func joiningWrappedLines(_ bytes: [UInt8]) -> [UInt8] {
  var text = bytes
  // What a joining leaves may look wrapped again; to the end, so that cleaning a cleaned text changes nothing.
  for _ in 0..<8 {
    let joined = joinedOnce(text)
    if joined == text { break }
    text = joined
  }
  return text
}

private func joinedOnce(_ bytes: [UInt8]) -> [UInt8] {
  let paragraphs = markdownBlocks(of: bytes).filter { $0.kind == .paragraph }
  let breaks = forcedBreaks(bytes, paragraphs.flatMap { softBreaks(bytes, $0.range) })
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  var position = 0
  for softBreak in breaks {
    result.append(contentsOf: bytes[position..<softBreak.end])
    if !isHyphenation(bytes, softBreak) { result.append(ASCII.space) }
    position = softBreak.nextStart
  }
  result.append(contentsOf: bytes[position...])
  return result
}

/// A line break inside a paragraph.
private struct SoftBreak {
  /// Where the line before it starts, and ends without its line feed.
  var start: Int
  var end: Int
  /// The first byte of the next line that is not a blank.
  var nextStart: Int
}

private func softBreaks(_ bytes: [UInt8], _ paragraph: Range<Int>) -> [SoftBreak] {
  var breaks: [SoftBreak] = []
  var start = paragraph.lowerBound
  while let end = bytes[start..<paragraph.upperBound].firstIndex(of: ASCII.lineFeed) {
    let nextStart = bytes[(end + 1)..<paragraph.upperBound].firstIndex { !$0.isBlank } ?? paragraph.upperBound
    // A backslash at the end of a line is a break that the author asked for.
    if end > start, bytes[end - 1] != UInt8(ascii: "\\") {
      breaks.append(SoftBreak(start: start, end: end, nextStart: nextStart))
    }
    start = end + 1
  }
  return breaks
}

/// Fewer breaks than this prove nothing.
private let leastEvidence = 4

/// The breaks that a converter made; none when the text was not wrapped.
private func forcedBreaks(_ bytes: [UInt8], _ breaks: [SoftBreak]) -> [SoftBreak] {
  guard breaks.count >= leastEvidence else { return [] }
  let lengths = breaks.map { scalarCount(bytes, $0.start..<$0.end) }
  // Lines that hold one long word stand out; the width is the longest of the others.
  let width = lengths.sorted()[lengths.count * 98 / 100]
  guard (40...120).contains(width) else { return [] }
  let forced = zip(breaks, lengths).filter { $1 + 1 + lengthOfWord(bytes, at: $0.nextStart) > width }
  guard forced.count * 10 >= breaks.count * 6 else { return [] }
  // An escaped mark, such as `\-`, begins a line of its own.
  return forced.map(\.0).filter { bytes[$0.nextStart...].first != UInt8(ascii: "\\") }
}

/// The scalars of the word at `start`, to a blank or through a hyphen, at which converters break too.
private func lengthOfWord(_ bytes: [UInt8], at start: Int) -> Int {
  var end = start
  while end < bytes.count, !bytes[end].isASCIISpace {
    end += 1
    if bytes[end - 1] == ASCII.hyphen { break }
  }
  return scalarCount(bytes, start..<end)
}

private func scalarCount(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
  bytes[range].count { !$0.isContinuation }
}

/// Whether the break split a word at its own hyphen, as in `fine-tuning`.
private func isHyphenation(_ bytes: [UInt8], _ softBreak: SoftBreak) -> Bool {
  let end = softBreak.end
  guard end - softBreak.start >= 2, bytes[end - 1] == ASCII.hyphen, bytes[end - 2].isASCIILetter else { return false }
  guard softBreak.nextStart < bytes.count, bytes[softBreak.nextStart].isASCIILetter else { return false }
  let wordStart = bytes[softBreak.start..<end].lastIndex(where: \.isASCIISpace) ?? softBreak.start
  return !bytes[wordStart..<end].contains(UInt8(ascii: "/"))
}
