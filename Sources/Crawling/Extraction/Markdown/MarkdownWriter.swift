/// Writes blocks as Markdown: CommonMark with GitHub's tables and footnotes, formulas between dollar signs.
struct MarkdownWriter {
  private var output = ""

  /// The Markdown of the blocks, ending in a line feed; empty for none.
  static func write(_ blocks: [Block]) -> String {
    var writer = MarkdownWriter()
    writer.write(blocks, indent: "")
    return writer.output
  }

  /// Blocks with an empty line between them; every line starts with `indent`.
  private mutating func write(_ blocks: [Block], indent: String) {
    for (position, block) in blocks.enumerated() {
      if position > 0 { line("", indent) }
      write(block, indent: indent)
    }
  }

  private mutating func write(_ block: Block, indent: String) {
    switch block {
    case .heading(let level, let parts):
      lines(String(repeating: "#", count: level) + " " + MarkdownInline.oneLine(parts), indent)
    case .paragraph(let parts): lines(MarkdownInline.paragraph(parts), indent)
    case .list(let ordered, let start, let items): write(items, ordered: ordered, start: start, indent)
    case .quote(let inner): write(inner, indent: indent + "> ")
    case .code(let language, let text): write(code: text, language, indent)
    case .table(let rows): write(rows, indent)
    case .image(let alt, let address, let caption):
      lines(MarkdownInline.image(alt: alt, address: address), indent)
      if !caption.isBlank {
        line("", indent)
        lines("*" + MarkdownEscape.text(caption.plain.replacing("\n", with: " ")).trimmingSpaces + "*", indent)
      }
    case .math(let tex):
      line("$$", indent)
      lines(tex, indent)
      line("$$", indent)
    case .rule: line("---", indent)
    case .footnote(let label, let inner): writeItem(inner, marker: "[^\(label)]: ", continuation: "    ", indent)
    }
  }

  private mutating func write(_ items: [[Block]], ordered: Bool, start: Int, _ indent: String) {
    let isTight = items.allSatisfy { item in
      item.dropFirst().allSatisfy { if case .list = $0 { true } else { false } }
    }
    for (position, item) in items.enumerated() {
      if position > 0, !isTight { line("", indent) }
      let marker = ordered ? "\(start + position). " : "- "
      writeItem(item, marker: marker, continuation: String(repeating: " ", count: marker.utf8.count), indent, isTight)
    }
  }

  /// Blocks of which the first line starts with a marker and the others are indented below it.
  private mutating func writeItem(
    _ blocks: [Block], marker: String, continuation: String, _ indent: String, _ isTight: Bool = false
  ) {
    var inner = MarkdownWriter()
    for (position, block) in blocks.enumerated() {
      if position > 0, !isTight { inner.line("", "") }
      inner.write(block, indent: "")
    }
    for (position, text) in inner.output.lines.dropLast()
      .enumerated()
    {
      line((position == 0 ? marker : text.isEmpty ? "" : continuation) + text, indent)
    }
  }

  private mutating func write(code: String, _ language: String?, _ indent: String) {
    var longest = 0
    var run = 0
    for byte in code.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    line(fence + (language ?? ""), indent)
    lines(code, indent)
    line(fence, indent)
  }

  private mutating func write(_ rows: [[[Inline]]], _ indent: String) {
    for (position, row) in rows.enumerated() {
      line("| " + row.map(MarkdownInline.cell).joined(separator: " | ") + " |", indent)
      if position == 0 { line("|" + String(repeating: " --- |", count: row.count), indent) }
    }
  }

  private mutating func lines(_ text: String, _ indent: String) {
    for part in text.lines { line(part, indent) }
  }

  private mutating func line(_ text: some StringProtocol, _ indent: String) {
    if text.isEmpty {
      output += indent.trimmingTrailingSpaces
    } else {
      output += indent
      output += text
    }
    output += "\n"
  }
}

extension String {
  /// The lines, parted at line feeds; as many as there are line feeds and one.
  var lines: [Substring] {
    guard hasLineFeed else { return [self[...]] }
    return utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Substring.init)
  }

  private var hasLineFeed: Bool {
    utf8.withContiguousStorageIfAvailable { $0.position(of: 0x0A, in: 0..<$0.count) != nil } ?? utf8.contains(0x0A)
  }

  /// Without spaces at the end.
  var trimmingTrailingSpaces: String {
    guard utf8.last == 0x20 else { return self }
    return String(decoding: Array(utf8.reversed().drop { $0 == 0x20 }.reversed()), as: UTF8.self)
  }

  /// Without white space at both ends.
  var trimmingSpaces: String { String(decoding: Array(utf8)[...].trimmed, as: UTF8.self) }
}
