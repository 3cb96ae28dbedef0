/// Trims the ends of a content that has been read: the title's own heading at the start, headings without a text and
/// lone links at the end.
struct BlockTrimmer {
  let metadata: PageMetadata

  /// The blocks without what is trimmed.
  func trim(_ blocks: [Block]) -> [Block] {
    var trimmed = withoutTitle(blocks)
    while let last = trimmed.last, isIdle(last) { trimmed.removeLast() }
    while let first = trimmed.first, first == .rule { trimmed.removeFirst() }
    return trimmed
  }

  /// The first headings up to the first long paragraph, if they say what the title says.
  private func withoutTitle(_ blocks: [Block]) -> [Block] {
    guard let title = metadata.title.map(Self.key), !title.isEmpty else { return blocks }
    var kept = blocks
    for index in blocks.indices.prefix(8) {
      guard case .heading(let level, let parts) = blocks[index] else { continue }
      let text = Self.key(parts.plain)
      if text == title || level <= 2 && text.utf8.count > 8 && (title.hasPrefix(text) || text.hasPrefix(title)) {
        kept.remove(at: index)
        return kept
      }
    }
    return kept
  }

  /// Letters and digits alone, in lower case.
  private static func key(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

  private func isIdle(_ block: Block) -> Bool {
    switch block {
    case .heading, .rule: true
    case .paragraph(let parts): parts.isOnlyLinks
    default: false
    }
  }
}
