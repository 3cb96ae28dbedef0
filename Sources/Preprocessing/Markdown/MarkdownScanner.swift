/// Reads a text line by line and gathers its blocks.
struct MarkdownScanner {
  private let bytes: [UInt8]
  private var found: [MarkdownBlock] = []
  private var open: MarkdownBlock?
  private var openLineCount = 0
  private var isAfterBlank = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func blocks() -> [MarkdownBlock] {
    var fence: CodeFence?
    var position = 0
    while position < bytes.count {
      let line = position..<(bytes[position...].firstIndex(of: ASCII.lineFeed) ?? bytes.count)
      position = line.upperBound + 1
      if let current = fence {
        extend(to: line)
        if current.isClosed(by: bytes, line) {
          fence = nil
          close()
        }
      } else {
        fence = CodeFence(openedBy: bytes, line)
        if fence != nil { start(.fence, line) } else { read(line) }
      }
    }
    close()
    return found
  }

  private mutating func read(_ line: Range<Int>) {
    switch MarkdownLine(bytes, line) {
    case .blank: readBlank()
    case .heading(let level):
      start(.heading(level: level), line)
      close()
    case .rule: readRule(line)
    case .listItem:
      continueOrStart(.list, line, while: open?.kind == .list || (isInIndentedCode && isIndented(line)))
    case .quote: continueOrStart(.quote, line, while: open?.kind == .quote && !isAfterBlank)
    case .tableRow: continueOrStart(.table, line, while: open?.kind == .table && !isAfterBlank)
    case .indented: readIndented(line)
    case .text: readText(line)
    }
  }

  private var isInIndentedCode: Bool { open?.kind == .indentedCode }

  private func isIndented(_ line: Range<Int>) -> Bool { indentation(bytes, line) >= 4 }

  private mutating func readBlank() {
    isAfterBlank = true
    switch open?.kind {
    case .list, .indentedCode: break
    default: close()
    }
  }

  private mutating func readRule(_ line: Range<Int>) {
    if underlineHeading(line) { return }
    start(.rule, line)
    close()
  }

  private mutating func readIndented(_ line: Range<Int>) {
    switch open?.kind {
    case .list, .indentedCode: extend(to: line)
    case .paragraph, .quote: extend(to: line)
    default: start(.indentedCode, line)
    }
  }

  private mutating func readText(_ line: Range<Int>) {
    if underlineHeading(line) { return }
    switch open?.kind {
    case .paragraph where openLineCount == 1 && isTableDelimiter(bytes, line) && openContainsBar:
      open?.kind = .table
      extend(to: line)
    case .paragraph: extend(to: line)
    case .quote where !isAfterBlank: extend(to: line)
    case .table where !isAfterBlank && bytes[line].contains(ASCII.pipe): extend(to: line)
    case .list where !isAfterBlank || indentation(bytes, line) >= 2: extend(to: line)
    default: start(.paragraph, line)
    }
  }

  private var openContainsBar: Bool { open.map { bytes[$0.range].contains(ASCII.pipe) } ?? false }

  /// Makes the paragraph of one line above an underline a heading.
  private mutating func underlineHeading(_ line: Range<Int>) -> Bool {
    guard open?.kind == .paragraph, openLineCount == 1, let level = isUnderline(bytes, line) else { return false }
    open?.kind = .heading(level: level)
    extend(to: line)
    close()
    return true
  }

  private mutating func continueOrStart(_ kind: MarkdownBlock.Kind, _ line: Range<Int>, while continues: Bool) {
    if continues { extend(to: line) } else { start(kind, line) }
  }

  private mutating func start(_ kind: MarkdownBlock.Kind, _ line: Range<Int>) {
    close()
    open = MarkdownBlock(kind: kind, range: line)
    openLineCount = 1
    isAfterBlank = false
  }

  private mutating func extend(to line: Range<Int>) {
    guard let block = open else { return }
    open?.range = block.range.lowerBound..<line.upperBound
    openLineCount += 1
    isAfterBlank = false
  }

  private mutating func close() {
    if let open { found.append(open) }
    open = nil
    openLineCount = 0
  }
}
