/// Finds the lead of an article, which many pages set apart from the body, between the headline and the text.
struct LeadFinder {
  let tree: HTMLTree
  let hints: [Hints]
  let statistics: PageStatistics
  let dropped: DropMask

  /// The blocks between the page's last main heading before the content and the content that read like a lead: a few
  /// sentences, hardly a link, no caption.
  func leads(before root: HTMLTree.Index) -> [HTMLTree.Index] {
    guard let heading = (1..<root).last(where: { tree.tag($0) == .h1 && !dropped.covers($0, in: tree) }) else {
      return []
    }
    var found: [HTMLTree.Index] = []
    var characters = 0
    var index = Int(tree.nodes[heading].end)
    while index < root {
      if dropped[index] || isOpaque(tree.tag(index)) {
        index = Int(tree.nodes[index].end)
        continue
      }
      if !tree.contains(index, root), isLead(index), !dropped.covers(index, in: tree) {
        found.append(index)
        characters += statistics.counts[index].characters
        index = Int(tree.nodes[index].end)
      } else {
        index += 1
      }
    }
    return found.count <= 3 && characters <= 1500 ? found : []
  }

  private func isOpaque(_ tag: Tag) -> Bool {
    tag == .figure || tag == .ul || tag == .ol || tag == .table || tag == .form || tag == .address
  }

  /// A block whose own text is a sentence or more; a name that promises a lead makes a shorter text do.
  private func isLead(_ index: HTMLTree.Index) -> Bool {
    let tag = tree.tag(index)
    guard tag.isBlock, tag != .h1 else { return false }
    let own = statistics.own[index]
    guard own.linkDensity < 0.3, own.characters <= 800 else { return false }
    let isNamed = hints[index].contains(.lead) || hints[tree.parent(index)].contains(.lead)
    if !hints[index].isDisjoint(with: [.caption, .credit, .byline, .dateline]) { return false }
    return own.characters >= (isNamed ? 40 : 80) && own.stops + own.commas > 0
  }
}
