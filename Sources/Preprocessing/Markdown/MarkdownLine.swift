/// What a line of Markdown looks like by itself; what it is depends on the lines before it.
enum MarkdownLine: Equatable {
  case blank
  case heading(level: Int)
  case rule
  case listItem
  case quote
  case tableRow
  case indented
  case text

  /// Classifies the line `range` of `bytes`.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    guard let start = bytes[range].firstIndex(where: { !$0.isASCIISpace }) else {
      self = .blank
      return
    }
    let content = start..<range.upperBound
    if indentation(bytes, range) >= 4 {
      self = isListMarker(bytes, content) ? .listItem : .indented
    } else if let level = headingLevel(bytes, content) {
      self = .heading(level: level)
    } else if isRule(bytes, content) {
      self = .rule
    } else if isListMarker(bytes, content) {
      self = .listItem
    } else {
      switch bytes[start] {
      case ASCII.greaterThan: self = .quote
      case ASCII.pipe: self = .tableRow
      default: self = .text
      }
    }
  }
}

/// The columns of white space at the start of a line; a tab reaches to the next multiple of four.
func indentation(_ bytes: [UInt8], _ line: Range<Int>) -> Int {
  var columns = 0
  for index in line {
    switch bytes[index] {
    case ASCII.space: columns += 1
    case ASCII.tab: columns += 4 - columns % 4
    default: return columns
    }
  }
  return columns
}

private func headingLevel(_ bytes: [UInt8], _ content: Range<Int>) -> Int? {
  var end = content.lowerBound
  while end < content.upperBound, bytes[end] == ASCII.numberSign { end += 1 }
  let level = end - content.lowerBound
  guard (1...6).contains(level), end == content.upperBound || bytes[end].isASCIISpace else { return nil }
  return level
}

/// Three or more `-`, `*` or `_` with nothing but blanks between (CommonMark 0.31, section 4.1).
private func isRule(_ bytes: [UInt8], _ content: Range<Int>) -> Bool {
  let marker = bytes[content.lowerBound]
  guard marker == ASCII.hyphen || marker == UInt8(ascii: "*") || marker == UInt8(ascii: "_") else { return false }
  var count = 0
  for index in content {
    if bytes[index] == marker { count += 1 } else if !bytes[index].isASCIISpace { return false }
  }
  return count >= 3
}

/// `-`, `+` or `*`, or up to nine digits and `.` or `)`, then a blank (CommonMark 0.31, section 5.2).
private func isListMarker(_ bytes: [UInt8], _ content: Range<Int>) -> Bool {
  var end = content.lowerBound
  switch bytes[end] {
  case ASCII.hyphen, UInt8(ascii: "+"), UInt8(ascii: "*"): end += 1
  default:
    while end < content.upperBound, bytes[end].isASCIIDigit, end - content.lowerBound < 9 { end += 1 }
    guard end > content.lowerBound, end < content.upperBound else { return false }
    guard bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: ")") else { return false }
    end += 1
  }
  return end < content.upperBound && bytes[end].isBlank
}

/// Whether a line consists of `marker` alone, which underlines the heading above it (CommonMark 0.31, section 4.3).
func isUnderline(_ bytes: [UInt8], _ line: Range<Int>) -> Int? {
  guard let start = bytes[line].firstIndex(where: { !$0.isBlank }), start - line.lowerBound < 4 else { return nil }
  let marker = bytes[start]
  guard marker == UInt8(ascii: "=") || marker == ASCII.hyphen else { return nil }
  var end = start
  while end < line.upperBound, bytes[end] == marker { end += 1 }
  guard bytes[end..<line.upperBound].allSatisfy(\.isASCIISpace) else { return nil }
  return marker == ASCII.hyphen ? 2 : 1
}

/// Whether a line separates the head of a table from its rows: `|`, `-`, `:` and blanks, with a hyphen and a bar.
func isTableDelimiter(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
  var bars = 0
  var hyphens = 0
  for index in line {
    switch bytes[index] {
    case ASCII.pipe: bars += 1
    case ASCII.hyphen: hyphens += 1
    case ASCII.space, ASCII.tab, UInt8(ascii: ":"): break
    default: return false
    }
  }
  return bars > 0 && hyphens > 0
}
