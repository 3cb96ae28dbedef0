/// A line of a Markdown text that may be boilerplate.
struct ProseLine {
  /// Its bytes, without its line feed.
  var range: Range<Int>
  /// What it says, whatever its marks, case and white space are and wherever its links lead.
  var key: UInt64
  /// The same of its first word.
  var firstWord: UInt64
}

/// Calls `body` with every line of a Markdown text that may be boilerplate: running text, an item of a list or a quote of
/// at least four words, or less with a link. Headings, tables, rules and code never are.
///
/// - Parameter firstWords: only lines that begin with one of these words; nil for all.
/// - Returns: how many bytes all lines have that are not blank.
@discardableResult
func forEachProseLine(
  in bytes: [UInt8], firstWords: Set<UInt64>? = nil, _ body: (ProseLine) -> Void
) -> Int {
  let span = bytes.span
  var fence: CodeFence?
  var (position, written) = (0, 0)
  while position < bytes.count {
    var end = position
    while end < span.count, span[end] != ASCII.lineFeed { end += 1 }
    let line = position..<end
    position = end + 1
    if let open = fence {
      written += line.count
      if open.isClosed(by: bytes, line) { fence = nil }
      continue
    }
    // Most lines begin with a letter, and then they are nothing but text.
    if end > line.lowerBound, case let first = bytes[line.lowerBound], first.isASCIILetter || first >= 0x80 {
      written += line.count
      if let line = proseLine(bytes, line, firstWords) { body(line) }
      continue
    }
    fence = CodeFence(openedBy: bytes, line)
    let kind = fence == nil ? MarkdownLine(bytes, line) : .indented
    if kind != .blank { written += line.count }
    switch kind {
    case .text, .listItem, .quote: if let line = proseLine(bytes, line, firstWords) { body(line) }
    case .blank, .heading, .rule, .tableRow, .indented: break
    }
  }
  return written
}

/// A line by a hash of its words, the targets of its links left out; nil if there are too few, or the first is none of
/// those that are looked for.
///
/// FNV-1a of 64 bits (Fowler, Noll and Vo): fast on short strings, and the same in every run.
private func proseLine(_ bytes: [UInt8], _ line: Range<Int>, _ firstWords: Set<UInt64>?) -> ProseLine? {
  let span = bytes.span
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  var firstWord: UInt64?
  var (words, wide, isInWord, hasLink) = (0, 0, false, false)
  var position = line.lowerBound
  func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  while position < line.upperBound {
    let byte = span[position]
    if byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80 {
      if !isInWord {
        if words > 0 { mix(ASCII.space) }
        words += 1
        isInWord = true
      }
      if byte >= 0x80 { wide += 1 }
      mix(byte.isASCIIUppercase ? byte | 0x20 : byte)
    } else {
      if isInWord, firstWord == nil {
        if let firstWords, !firstWords.contains(hash) { return nil }
        firstWord = hash
      }
      isInWord = false
      let next = position + 1 < line.upperBound ? span[position + 1] : 0
      if byte == UInt8(ascii: "]"), next == UInt8(ascii: "(") {
        hasLink = true
        while position + 1 < line.upperBound, span[position] != UInt8(ascii: ")") { position += 1 }
      }
    }
    position += 1
  }
  // A writing without spaces between words has a sentence in 24 bytes.
  guard words >= 4 || wide >= 24 || (hasLink && words > 0) else { return nil }
  return ProseLine(range: line, key: hash, firstWord: firstWord ?? hash)
}
