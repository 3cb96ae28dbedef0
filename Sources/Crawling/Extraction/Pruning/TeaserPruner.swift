/// Drops what leads to other pages inside the content: the section below a label such as "Related articles", and cards
/// that are a small part of it.
struct TeaserPruner {
  let tree: HTMLTree
  let statistics: PageStatistics
  /// The groups of cards in the content.
  let grids: [CardFinder.Grid]
  /// The running text that stands before each node.
  private let before: [Int]

  init(tree: HTMLTree, statistics: PageStatistics, grids: [CardFinder.Grid]) {
    self.tree = tree
    self.statistics = statistics
    self.grids = grids
    before = Self.running(tree, statistics)
  }

  private static func running(_ tree: HTMLTree, _ statistics: PageStatistics) -> [Int] {
    var own = statistics.mass
    for index in stride(from: tree.nodes.count - 1, to: 0, by: -1) { own[tree.parent(index)] -= statistics.mass[index] }
    var sum = 0
    for index in own.indices {
      let mass = own[index]
      own[index] = sum
      sum += mass
    }
    return own
  }

  /// A text as long as this is an article of its own, behind which cards and lists may be a good part of the page.
  private static let shortestText = 500

  /// Whether a part that leads elsewhere, with `mass` of running text, is a small one of the content, or comes after a
  /// whole text of which it cannot be a part.
  private func isBeside(_ index: HTMLTree.Index, mass: Int, share: Int, _ root: HTMLTree.Index) -> Bool {
    if mass * share < max(statistics.mass[root], 1) { return true }
    let text = before[index] - before[root]
    return text >= Self.shortestText && mass <= 3 * text && statistics.mass[root] - text - mass <= text / 4
  }

  /// Marks teasers inside one content element.
  func prune(_ root: HTMLTree.Index, _ dropped: inout DropMask) {
    pruneCards(root, &dropped)
    let end = Int(tree.nodes[root].end)
    var index = root + 1
    while index < end {
      let tag = tree.tag(index)
      if dropped[index] || tag == .pre || tag == .code {
        index = Int(tree.nodes[index].end)
      } else if tag.isBlock, isLabel(index) {
        pruneSection(below: index, root, &dropped)
        index = Int(tree.nodes[index].end)
      } else {
        index += 1
      }
    }
  }

  /// Cards are dropped when the text would hardly be shorter without them.
  private func pruneCards(_ root: HTMLTree.Index, _ dropped: inout DropMask) {
    for grid in grids where isBeside(grid.cards[0], mass: grid.mass, share: 4, root) {
      let isSmall = grid.characters < 400 * grid.cards.count
      guard isSmall, grid.cards.count > 2 || grid.cards.allSatisfy({ [.article, .li].contains(tree.tag($0)) }) else {
        continue
      }
      for card in grid.cards { dropped[card] = true }
    }
  }

  /// Whether a block is a short line of its own that announces other pages.
  private func isLabel(_ index: HTMLTree.Index) -> Bool {
    let characters = statistics.counts[index].characters
    guard (3...48).contains(characters), statistics.own[index].characters == characters,
      LineVocabulary.mayBeginLabel(firstBytes(of: index))
    else { return false }
    let text = tree.lineText(index)
    return LineVocabulary.isRelatedLabel(text)
  }

  private func firstBytes(of index: HTMLTree.Index) -> ArraySlice<UInt8> {
    for inner in tree.descendants(index) where tree.tag(inner) == .text {
      let text = tree.text(inner).trimmed
      if !text.isEmpty { return text.prefix(2) }
    }
    return []
  }

  private func pruneSection(below label: HTMLTree.Index, _ root: HTMLTree.Index, _ dropped: inout DropMask) {
    var holder = label
    while case let parent = tree.parent(holder), parent > root, isFirst(holder, in: parent) {
      holder = parent
      guard statistics.counts[parent].characters > statistics.counts[label].characters else { continue }
      if isTeaser(parent, share: 3, root) { dropped[parent] = true } else { pruneSiblings(from: label, root, &dropped) }
      return
    }
    pruneSiblings(from: holder, root, &dropped)
  }

  /// Whether nothing that can be read stands before a child of an element.
  private func isFirst(_ child: HTMLTree.Index, in parent: HTMLTree.Index) -> Bool {
    var looked = 0
    for sibling in tree.children(parent) {
      if sibling == child { return true }
      looked += 1
      if looked > 32 || statistics.counts[sibling].characters > 0 { return false }
    }
    return false
  }

  /// Drops what leads elsewhere behind a label, and the label if there was anything.
  private func pruneSiblings(from label: HTMLTree.Index, _ root: HTMLTree.Index, _ dropped: inout DropMask) {
    let end = Int(tree.nodes[tree.parent(label)].end)
    var index = Int(tree.nodes[label].end)
    var found = false
    while index < end, isReference(index, root) || isEmptied(index, dropped) {
      if statistics.counts[index].characters > 0 { found = true }
      dropped[index] = true
      index = Int(tree.nodes[index].end)
    }
    if found { dropped[label] = true }
  }

  /// Whether all that an element held was dropped as cards.
  private func isEmptied(_ index: HTMLTree.Index, _ dropped: DropMask) -> Bool {
    tree.tag(index) != .text
      && tree.children(index).allSatisfy { dropped[$0] || statistics.counts[$0].characters == 0 }
  }

  private func isReference(_ index: HTMLTree.Index, _ root: HTMLTree.Index) -> Bool {
    let counts = statistics.counts[index]
    if counts.characters == 0 { return tree.tag(index) != .pre }
    switch tree.tag(index) {
    case .text: return counts.characters < 4
    case .p: return counts.linkDensity > 0.5 || counts.characters < 100 && counts.linkCharacters > 20
    case .h1, .h2, .h3, .h4, .h5, .h6: return counts.linkDensity > 0.8
    case .pre, .blockquote, .table, .figure: return false
    default: return isTeaser(index, share: 5, root)
    }
  }

  /// Whether an element mostly leads elsewhere: many of its characters are links, or its headings are, and it is a small
  /// part of the text.
  private func isTeaser(_ index: HTMLTree.Index, share: Int, _ root: HTMLTree.Index) -> Bool {
    let counts = statistics.counts[index]
    guard counts.linkCharacters > 0, isBeside(index, mass: statistics.mass[index], share: share, root) else {
      return false
    }
    if counts.linkDensity > 0.25 { return true }
    var links = 0
    for inner in tree.descendants(index).prefix(2000) {
      if tree.tag(inner) == .pre { return false }
      if tree.tag(inner).headingLevel != nil, statistics.counts[inner].linkDensity > 0.8 { return true }
      if tree.tag(inner) == .a, statistics.counts[inner].linkCharacters > 8 { links += 1 }
    }
    return links > 1 && counts.characters < 300 * links
  }
}
