/// Drops what stands inside the content without being part of it: bylines and dates, tag lists, author boxes, lists of
/// links, single lines that only point elsewhere.
struct FurniturePruner {
  let tree: HTMLTree
  let hints: [Hints]
  let statistics: PageStatistics

  /// Marks furniture inside one content element.
  func prune(_ root: HTMLTree.Index, _ dropped: inout DropMask) {
    let mass = max(statistics.mass[root], 1)
    let contents = ContentsFinder(tree: tree, statistics: statistics, root: root)
    var index = root + 1
    let end = Int(tree.nodes[root].end)
    while index < end {
      let tag = tree.tag(index)
      if dropped[index] || tag == .pre || tag == .code || tag == .math {
        index = Int(tree.nodes[index].end)
      } else if tag != .text, isFurniture(index, tag, mass: mass) || contents.isContents(index) {
        dropped[index] = true
        index = Int(tree.nodes[index].end)
      } else {
        index += 1
      }
    }
  }

  private func isFurniture(_ index: HTMLTree.Index, _ tag: Tag, mass: Int) -> Bool {
    if hints[index].contains(.linkCard) { return false }
    let counts = statistics.counts[index]
    let running = statistics.mass[index]
    if counts.characters == 0 { return false }
    let found = hints[index]
    if !found.isDisjoint(with: .furniture), tag.headingLevel == nil, tag.isBlock || !standsInText(index) {
      if found.contains(.byline), running < 600, running * 2 < mass { return true }
      if !found.isDisjoint(with: [.dateline, .tags, .credit]), running == 0, counts.characters < 200 {
        return tree.first(.pre, in: index) == nil
      }
    }
    switch tag {
    case .a: return running * 4 < mass && isCard(index, counts)
    case .article where running * 4 < mass && counts.characters < Self.longestCard:
      return standsAmongArticles(index)
    case .time:
      return DateParser.day(in: tree.string(.datetime, of: index) ?? tree.lineText(index)) != nil
        && statistics.own[tree.block(around: index)].characters * 10 <= counts.characters * 16
    case .div, .section, .ul, .ol, .dl, .menu, .article, .header, .aside, .center, .span:
      return tag.isBlock && isLinkList(index, counts, running)
    case .table: return counts.linkDensity > 0.7 && running == 0 && !holdsData(index)
    // A paragraph that is nothing but a link to another page, between paragraphs that are text.
    case .p: return counts.linkDensity > 0.8
    case .address: return running == 0
    default: return false
    }
  }

  /// A card longer than this is a text of its own.
  private static let longestCard = 900

  /// Whether an anchor is the card of another page: not words of a text, but blocks of its own, more than a heading.
  private func isCard(_ anchor: HTMLTree.Index, _ counts: TextCounts) -> Bool {
    guard (30...Self.longestCard).contains(counts.characters), let target = tree.value(.href, of: anchor)?.trimmed,
      let first = target.first, first != UInt8(ascii: "#")
    else { return false }
    var blocks = 0
    for inner in tree.descendants(anchor) where tree.tag(inner).isBlock && statistics.own[inner].characters > 0 {
      switch tree.tag(inner) {
      case .figcaption, .figure, .td, .th, .li: return false
      case .h1, .h2, .h3, .h4, .h5, .h6: blocks += 1
      default: blocks += statistics.own[inner].characters < 20 ? 1 : 2
      }
    }
    return blocks > 1
  }

  /// Whether an article stands inside another one, side by side with more of them: previews, or comments.
  private func standsAmongArticles(_ index: HTMLTree.Index) -> Bool {
    guard tree.hasAncestor(index, where: { $0 == .article }) else { return false }
    var articles = 0
    for sibling in tree.children(tree.parent(index)) where tree.tag(sibling) == .article {
      articles += 1
      if articles > 1 { return true }
    }
    return false
  }

  /// Whether a third of a table's cells hold something else than links: results, prices, dates.
  private func holdsData(_ table: HTMLTree.Index) -> Bool {
    var cells = 0
    var plain = 0
    for index in tree.descendants(table) where tree.tag(index) == .td && statistics.counts[index].characters > 0 {
      cells += 1
      if statistics.counts[index].linkCharacters == 0 { plain += 1 }
    }
    return cells >= 6 && plain * 3 >= cells
  }

  /// Links to other pages, and little else.
  private func isLinkList(_ index: HTMLTree.Index, _ counts: TextCounts, _ running: Int) -> Bool {
    guard counts.linkDensity > 0.75, running * 4 < counts.characters else { return false }
    return tree.first(.pre, in: index) == nil
  }

  /// Whether an inline element is part of a running text.
  private func standsInText(_ index: HTMLTree.Index) -> Bool {
    statistics.own[tree.block(around: tree.parent(index))].plainCharacters > 80
  }
}
