/// Trims a content that has been read: the title's own heading and what else precedes the text, lines of credit, lists
/// of other pages under a heading that says so, calls to subscribe, and what trails the text.
struct BlockTrimmer {
  let metadata: PageMetadata

  /// How many blocks at the start may be more than text.
  private static let headLength = 10
  /// How many blocks at the end may be more than text.
  private static let tailLength = 4

  /// The blocks without what is trimmed.
  func trim(_ blocks: [Block]) -> [Block] {
    var trimmed = withoutRelated(withoutHead(blocks))
    let tail = trimmed.count - Self.tailLength
    trimmed = trimmed.indices.filter { index in
      guard case .paragraph(let parts) = trimmed[index] else { return true }
      let text = parts.plain
      if LineVocabulary.isCredit(text) { return false }
      if LineVocabulary.endsInCredit(text, besidePicture: hasPicture(beside: index, in: trimmed)) {
        return false
      }
      return !LineVocabulary.isPromotion(text, hasLinks: parts.hasLinks, isLast: index >= tail)
    }.map { trimmed[$0] }
    while let last = trimmed.last, isIdle(last) { trimmed.removeLast() }
    while let first = trimmed.first, first == .rule { trimmed.removeFirst() }
    return trimmed
  }

  private func hasPicture(beside index: Int, in blocks: [Block]) -> Bool {
    [index - 1, index + 1].contains { blocks.indices.contains($0) && blocks[$0].isImage }
  }

  /// Without what stands between a page's headline and its text: the headline itself, dates, bylines and labels, up to
  /// the first block that is a text. Of a page without one everything stays.
  private func withoutHead(_ blocks: [Block]) -> [Block] {
    let text = blocks.prefix(Self.headLength).firstIndex(where: isText) ?? min(blocks.count, Self.headLength)
    let hasText = blocks.contains(where: isText)
    return blocks.indices.filter { index in
      guard index <= text else { return true }
      switch blocks[index] {
      case .heading(let level, let parts): return !isTitle(parts.plain, level: level)
      case .paragraph(let parts) where hasText && index < text: return !isLabel(parts.plain)
      default: return true
      }
    }.map { blocks[$0] }
  }

  /// Whether a block is a piece of the text rather than a line above it.
  private func isText(_ block: Block) -> Bool {
    switch block {
    case .paragraph(let parts):
      let text = parts.plain
      return text.utf8.count >= 160 || text.utf8.count >= 60 && Self.endsSentence(text)
    case .list, .quote, .code, .table, .math, .footnote: return true
    case .heading, .image, .rule: return false
    }
  }

  /// Whether a heading says what the title says.
  private func isTitle(_ text: String, level: Int) -> Bool {
    guard let title = metadata.title.map(Self.key), !title.isEmpty else { return false }
    let key = Self.key(text)
    if key.isEmpty || key == title { return true }
    return level <= 2 && key.utf8.count > 8 && (title.hasPrefix(key) || key.hasPrefix(title))
  }

  /// Whether a short line above the text is a date, a byline or a name of the site's machinery.
  private func isLabel(_ text: String) -> Bool {
    guard text.utf8.count <= 100, !Self.endsSentence(text) || text.utf8.count < 24 else { return false }
    if Self.key(text) == metadata.title.map(Self.key) { return true }
    if text.utf8.contains(UInt8(ascii: "|")) || DateParser.day(in: text) != nil { return true }
    let lowered = text.lowercased()
    if metadata.authors.contains(where: { lowered.contains($0.lowercased()) }) { return true }
    return AuthorName.isByline(text) || text.split(separator: " ").count < 4 && text.utf8.count < 32
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
      // A heading over real paragraphs is one of the text's own, unless it leads elsewhere itself.
      if next == index + 1, next < blocks.count, case .heading(_, let parts) = blocks[index],
        !parts.hasLinks, !parts.plain.utf8.contains(UInt8(ascii: ":"))
      {
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

  /// Whether a block at the end says nothing there: a heading or a line over something that is gone, links.
  private func isIdle(_ block: Block) -> Bool {
    switch block {
    case .heading, .rule: return true
    case .paragraph(let parts):
      let text = parts.plain
      if parts.isOnlyLinks || LineVocabulary.isRelatedLabel(text) { return true }
      guard text.utf8.count <= 80 else { return false }
      if text.trimmingSpaces.utf8.last == UInt8(ascii: ":") || AuthorName.isByline(text) { return true }
      return metadata.authors.contains { Self.key($0) == Self.key(text) }
    default: return false
    }
  }

  /// Whether a text ends as sentences do, in any script.
  private static func endsSentence(_ text: String) -> Bool {
    let last = text.reversed().first { !$0.isWhitespace && !closing.contains($0) }
    return last.map(ends.contains) ?? false
  }

  private static let closing: Set<Character> = [
    "\"", "'", ")", "]", "\u{201D}", "\u{2019}", "\u{BB}", "\u{AB}", "\u{201C}", "\u{300D}",
  ]
  private static let ends: Set<Character> = [
    ".", "!", "?", ":", ";", "\u{2026}", "\u{3002}", "\u{FF01}", "\u{FF1F}", "\u{61F}", "\u{964}",
  ]
}
