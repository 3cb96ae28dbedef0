/// Drops what stands inside the content without being part of it: bylines and dates, tag lists, author boxes, lists of
/// links, single lines that only point elsewhere.
struct FurniturePruner {
  let tree: HTMLTree
  let hints: [Hints]
  let statistics: PageStatistics

  /// Marks furniture inside one content element.
  func prune(_ root: HTMLTree.Index, _ dropped: inout DropMask) {
    let mass = max(statistics.mass[root], 1)
    var index = root + 1
    let end = Int(tree.nodes[root].end)
    while index < end {
      let tag = tree.tag(index)
      if dropped[index] || tag == .pre || tag == .code || tag == .math {
        index = Int(tree.nodes[index].end)
      } else if tag != .text, isFurniture(index, tag, mass: mass) {
        dropped[index] = true
        index = Int(tree.nodes[index].end)
      } else {
        index += 1
      }
    }
  }

  private func isFurniture(_ index: HTMLTree.Index, _ tag: Tag, mass: Int) -> Bool {
    if tree.hasClass(index, in: SiteRules.linkCards) { return false }
    let counts = statistics.counts[index]
    let running = statistics.mass[index]
    if counts.characters == 0 { return false }
    let found = hints[index]
    if !found.isDisjoint(with: .furniture), tag.headingLevel == nil, tag.isBlock || !standsInText(index) {
      if found.contains(.byline), running < 600, running * 5 < mass { return true }
      if !found.isDisjoint(with: [.dateline, .tags, .credit]), running == 0, counts.characters < 200 {
        return tree.first(.pre, in: index) == nil
      }
    }
    switch tag {
    case .div, .section, .ul, .ol, .dl, .menu, .article, .header, .aside, .center, .span:
      return tag.isBlock && isLinkList(index, counts, running)
    case .table: return counts.linkDensity > 0.7 && running == 0
    // A paragraph that is nothing but a link to another page, between paragraphs that are text.
    case .p: return counts.linkDensity > 0.8
    case .address: return running == 0
    default: return false
    }
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
