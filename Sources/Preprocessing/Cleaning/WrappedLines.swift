/// Joins the lines of paragraphs and headings in a text that was wrapped at a fixed width, as some converters of HTML
/// leave it.
///
/// A line break in a Markdown paragraph means a space, so the structure stays; but a model trained on wrapped text
/// learns to break lines, and a wrapped heading loses its end. A text counts as wrapped when no line of a paragraph is
/// longer than some width, and a good part of the breaks stand where the next word would not have fitted. Only those
/// breaks are joined: where a word would have fitted, the author broke the line.
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
  let breaks = forcedBreaks(bytes, markdownBlocks(of: bytes))
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
private func forcedBreaks(_ bytes: [UInt8], _ blocks: [MarkdownBlock]) -> [SoftBreak] {
  let paragraphs = blocks.filter { $0.kind == .paragraph }
  let breaks = paragraphs.flatMap { softBreaks(bytes, $0.range) }
  guard breaks.count >= leastEvidence else { return [] }
  let lines = paragraphs.flatMap { linesOf(bytes, $0.range) { _, _ in true } }
  // Lines that hold one long word stand out; the width is the longest of the others.
  let width = lines.map { scalarCount(bytes, $0) }.sorted()[lines.count * 98 / 100]
  guard (40...120).contains(width) else { return [] }
  let forced = breaks.filter { isForced(bytes, $0, width) }
  guard forced.count * 10 >= breaks.count * 4 else { return [] }
  let headings = wrappedHeadings(bytes, blocks).filter { isForced(bytes, $0, width - headingSlack) }
  let joined = breaks.filter { isForced(bytes, $0, width) || isInsideSentence(bytes, $0) }
  // An escaped mark, such as `\-`, begins a line of its own.
  return (joined + headings).filter { bytes[$0.nextStart...].first != UInt8(ascii: "\\") }.sorted {
    $0.start < $1.start
  }
}

/// What a converter may have counted for the marks of a heading or dropped from it after wrapping.
private let headingSlack = 12

/// Whether a line ends and the next one begins as words of one sentence do: a converter may have shortened the line
/// after it was wrapped.
private func isInsideSentence(_ bytes: [UInt8], _ softBreak: SoftBreak) -> Bool {
  guard softBreak.end > softBreak.start, softBreak.nextStart < bytes.count else { return false }
  let last = bytes[softBreak.end - 1]
  return (last.isASCIILetter || last == UInt8(ascii: ",")) && bytes[softBreak.nextStart].isASCIILowercase
}

private func isForced(_ bytes: [UInt8], _ softBreak: SoftBreak, _ width: Int) -> Bool {
  scalarCount(bytes, softBreak.start..<softBreak.end) + 1 + lengthOfWord(bytes, at: softBreak.nextStart) > width
}

/// The breaks between a heading in one line and a paragraph in the line below it, without a blank one between.
private func wrappedHeadings(_ bytes: [UInt8], _ blocks: [MarkdownBlock]) -> [SoftBreak] {
  zip(blocks, blocks.dropFirst()).compactMap { heading, next in
    guard heading.isHeading, next.kind == .paragraph, heading.range.upperBound + 1 == next.range.lowerBound else {
      return nil
    }
    let line = heading.range
    let isOneLine = !bytes[line].contains(ASCII.lineFeed)
    let start = next.range.lowerBound + bytes[next.range].prefix(while: \.isBlank).count
    return isOneLine ? SoftBreak(start: line.lowerBound, end: line.upperBound, nextStart: start) : nil
  }
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
