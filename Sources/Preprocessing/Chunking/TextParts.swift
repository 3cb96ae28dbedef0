/// The ways to take a block apart, from coarse to fine.
enum TextParts {
  case items, groups, lines, sentences, words

  /// The coarsest way that suits a kind of block.
  init(_ kind: MarkdownBlock.Kind) {
    switch kind {
    case .list: self = .items
    case .fence, .indentedCode: self = .groups
    case .table, .quote: self = .lines
    case .paragraph, .heading, .rule: self = .sentences
    }
  }

  /// Whether nothing finer is left than words.
  var isWords: Bool { self == .words }

  /// The next finer way.
  var finer: TextParts {
    switch self {
    case .items, .lines: .sentences
    case .groups: .lines
    case .sentences, .words: .words
    }
  }

  /// The parts of `range`, in order; together they hold everything that is not white space.
  func ranges(_ bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    switch self {
    case .words: [range]
    case .sentences: sentenceRanges(bytes, range)
    case .lines: linesOf(bytes, range) { _, _ in true }
    case .groups: linesOf(bytes, range) { before, _ in MarkdownLine(bytes, before) == .blank }
    case .items: linesOf(bytes, range) { _, line in MarkdownLine(bytes, line) == .listItem }
    }
  }
}

/// Groups the lines of `range`; a group starts where `startsGroup`, given the line before and the line, says so.
func linesOf(
  _ bytes: [UInt8], _ range: Range<Int>, startsGroup: (_ before: Range<Int>, _ line: Range<Int>) -> Bool
) -> [Range<Int>] {
  var groups: [Range<Int>] = []
  var groupStart = range.lowerBound
  var before: Range<Int>?
  var position = range.lowerBound
  while position < range.upperBound {
    let end = bytes[position..<range.upperBound].firstIndex(of: ASCII.lineFeed) ?? range.upperBound
    let line = position..<end
    if let before, startsGroup(before, line) {
      groups.append(groupStart..<position)
      groupStart = position
    }
    before = line
    position = end + 1
  }
  if groupStart < range.upperBound { groups.append(groupStart..<range.upperBound) }
  return groups
}

/// The items of a list, nested ones each by itself.
package func listItems(_ bytes: [UInt8], _ list: Range<Int>) -> [Range<Int>] {
  TextParts.items.ranges(bytes, list)
}
