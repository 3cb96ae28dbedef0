/// A block of a Markdown text: what a reader sees as one thing.
package struct MarkdownBlock: Sendable, Equatable {
  /// What kind of block it is.
  package enum Kind: Sendable, Equatable {
    /// A heading of level 1 to 6, in either of Markdown's spellings.
    case heading(level: Int)
    /// Running text.
    case paragraph
    /// A list with all its items.
    case list
    /// A table with all its rows.
    case table
    /// Lines that begin with `>`.
    case quote
    /// A fenced code block with its fences; to the end of the text when nothing closes it.
    case fence
    /// Code indented by four columns.
    case indentedCode
    /// A line between sections.
    case rule
  }

  /// What it is.
  package var kind: Kind
  /// Its bytes, from the start of its first line to the end of its last, line feed left out.
  package var range: Range<Int>

  /// Whether it is a heading.
  package var isHeading: Bool {
    if case .heading = kind { true } else { false }
  }

  /// Whether it is code of either kind.
  package var isCode: Bool { kind == .fence || kind == .indentedCode }
}

/// The blocks of a Markdown text in order; every line that is not blank lies in one.
///
/// A subset of CommonMark 0.31 with the tables of GitHub: enough to know where a text may be cut. Linear in time.
package func markdownBlocks(of bytes: [UInt8]) -> [MarkdownBlock] {
  var scanner = MarkdownScanner(bytes)
  return scanner.blocks()
}

/// The visible text of a heading, without its marks and emphasis.
package func headingTitle(_ bytes: [UInt8], _ block: MarkdownBlock) -> String {
  var line = bytes[block.range].prefix { $0 != ASCII.lineFeed }
  line = line.drop { $0.isBlank }
  let marks = line.prefix { $0 == ASCII.numberSign }.count
  if marks > 0 {
    line = line.dropFirst(marks)
    while let last = line.last, last == ASCII.numberSign || last.isBlank { line = line.dropLast() }
  }
  return plainText(String(decoding: line, as: UTF8.self))
}

/// A line of Markdown without emphasis, code marks and link targets, trimmed.
package func plainText(_ markdown: String) -> String {
  var text = String.UnicodeScalarView()
  var scalars = Array(markdown.unicodeScalars)[...]
  while let scalar = scalars.popFirst() {
    switch scalar {
    case "*", "`", "[": break
    case "!" where scalars.first == "[": break
    case "]" where scalars.first == "(":
      guard let close = scalars.prefix(longestTarget).firstIndex(of: ")") else { continue }
      scalars = scalars[(close + 1)...]
    case "]": break
    case "_" where text.last.map(isWordScalar) != true || scalars.first.map(isWordScalar) != true: break
    case "\\" where scalars.first.map { $0.isASCII && !isWordScalar($0) && $0 != " " } == true:
      if let escaped = scalars.popFirst() { text.append(escaped) }
    default: text.append(scalar)
    }
  }
  return String(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

private func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isAlphabetic || scalar.properties.numericType != nil
}

/// The most scalars of a link's target: what is longer is no link, and the search stays linear.
private let longestTarget = 2000
