/// Trims a content that has been read: the title's own heading at the start, lines of credit, lists of other pages
/// under a heading that says so, headings without a text and lone links at the end.
struct BlockTrimmer {
  let metadata: PageMetadata

  /// The blocks without what is trimmed.
  func trim(_ blocks: [Block]) -> [Block] {
    var trimmed = withoutRelated(withoutTitle(blocks))
    trimmed.removeAll { block in
      guard case .paragraph(let parts) = block else { return false }
      return LineVocabulary.isCredit(parts.plain)
    }
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

  /// Without labels such as "Read also" and the links, pictures and short lines that follow each of them.
  private func withoutRelated(_ blocks: [Block]) -> [Block] {
    var kept: [Block] = []
    var index = 0
    while index < blocks.count {
      guard isRelatedLabel(blocks[index]) else {
        kept.append(blocks[index])
        index += 1
        continue
      }
      var next = index + 1
      while next < blocks.count, isReference(blocks[next]) { next += 1 }
      // A heading over real paragraphs is one of the text's own, unless its words leave no doubt.
      if next == index + 1, next < blocks.count, case .heading = blocks[index] {
        kept.append(blocks[index])
      }
      index = next
    }
    return kept
  }

  private func isRelatedLabel(_ block: Block) -> Bool {
    switch block {
    case .heading(_, let parts), .paragraph(let parts): LineVocabulary.isRelatedLabel(parts.plain)
    default: false
    }
  }

  /// Whether the block only leads to other pages.
  private func isReference(_ block: Block) -> Bool {
    switch block {
    case .paragraph(let parts): parts.isOnlyLinks
    case .image, .rule: true
    case .heading(_, let parts): parts.isOnlyLinks
    case .list(_, _, let items): items.allSatisfy { $0.allSatisfy(isReference) }
    default: false
    }
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
