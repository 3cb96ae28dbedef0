/// Writes blocks as plain text, one paragraph per block with an empty line between.
enum PlainTextWriter {
  /// The text of the blocks; empty for none.
  static func write(_ blocks: [Block]) -> String {
    var parts: [String] = []
    for block in blocks { append(block, to: &parts) }
    return parts.joined(separator: "\n\n")
  }

  private static func append(_ block: Block, to parts: inout [String]) {
    switch block {
    case .heading(_, let inner), .paragraph(let inner): add(inner.plain, to: &parts)
    case .list(_, _, let items):
      parts.append(items.map(item).filter { !$0.isEmpty }.joined(separator: "\n"))
    case .quote(let inner), .footnote(_, let inner): for block in inner { append(block, to: &parts) }
    case .code(_, let text): add(text, to: &parts)
    case .table(let rows):
      parts.append(rows.map { row in row.map(\.plain).joined(separator: " | ") }.joined(separator: "\n"))
    // A caption belongs to an image, which plain text does not show.
    case .image: break
    case .math(let tex): add(tex, to: &parts)
    case .rule: break
    }
  }

  private static func item(_ blocks: [Block]) -> String {
    var parts: [String] = []
    for block in blocks { append(block, to: &parts) }
    return parts.joined(separator: "\n")
  }

  private static func add(_ text: String, to parts: inout [String]) {
    let lines = text.lines.map { String($0).trimmingTrailingSpaces }
    let joined = lines.joined(separator: "\n")
    if !joined.utf8.allSatisfy(ASCII.isSpace) { parts.append(joined) }
  }
}
