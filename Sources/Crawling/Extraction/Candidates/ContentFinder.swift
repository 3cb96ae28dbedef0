/// Decides where the content of a page is.
struct ContentFinder {
  let tree: HTMLTree
  let hints: [Hints]

  /// Where the content is, and what in it is not content.
  struct Content {
    /// What the names of each element say.
    let hints: [Hints]
    /// The elements that hold it, in document order; empty when the page has no text.
    var roots: [HTMLTree.Index]
    var dropped: DropMask
    var statistics: PageStatistics
    /// The groups of cards in the content, before any was dropped.
    var grids: [CardFinder.Grid] = []
    /// The running text of the content, before any was dropped.
    var wholeMass = 0
    /// All text of the page that can be seen, boilerplate included.
    let visible: TextCounts
  }

  /// - Parameter isThread: whether the page is a discussion, of which the replies are the content.
  init(_ tree: HTMLTree, isThread: Bool = false) {
    self.tree = tree
    hints = tree.nodes.indices.map { index in
      let found = Self.hints(of: index, in: tree)
      return isThread ? found.subtracting(.comments) : found
    }
  }

  private static func hints(of index: HTMLTree.Index, in tree: HTMLTree) -> Hints {
    guard tree.nodes[index].count > 0, tree.tag(index) != .text else { return [] }
    var found: Hints = []
    if let value = tree.value(.class, of: index) { found = HintWords.hints(of: value) }
    if let value = tree.value(.id, of: index) { found.formUnion(HintWords.hints(of: value, isClass: false)) }
    return found
  }

  /// Finds the content. A page that shows next to nothing is read as one without scripts sees it.
  func find() -> Content {
    let content = find(keepsPlainPage: false)
    let running = content.roots.reduce(0) { $0 + content.statistics.mass[$1] }
    guard running < 250, tree.nodes.contains(where: { $0.tag == .noscript }) else { return content }
    let plain = find(keepsPlainPage: true)
    let found = plain.roots.reduce(0) { $0 + plain.statistics.mass[$1] }
    return found > 2 * running ? plain : content
  }

  private func find(keepsPlainPage: Bool) -> Content {
    var dropped = DropMask(tree)
    InvisiblePruner(tree: tree, hints: hints, keepsPlainPage: keepsPlainPage).prune(&dropped)
    let texts = PageTexts(tree, dropped: dropped)
    let visible = PageStatistics(tree, texts, dropped: dropped)
    let bare = dropped
    let named = NamedBody(tree, hints: hints)
    let anchor = named.anchor(visible, dropped, hints: hints)
    BoilerplatePruner(tree: tree, hints: hints, statistics: visible, anchor: anchor).prune(&dropped)
    var statistics = PageStatistics(tree, texts, dropped: dropped)
    if statistics.counts[0].characters < 250, visible.counts[0].characters > 500 {
      (dropped, statistics) = (bare, visible)
    }
    guard let root = choose(named, statistics, dropped) else {
      return Content(hints: hints, roots: [], dropped: dropped, statistics: statistics, visible: visible.counts[0])
    }
    let before = dropped
    let grids = CardFinder(tree: tree, statistics: statistics, dropped: dropped).grids(in: root)
    FurniturePruner(tree: tree, hints: hints, statistics: statistics).prune(root, &dropped)
    TeaserPruner(tree: tree, statistics: statistics, grids: grids).prune(root, &dropped)
    var final = PageStatistics(tree, texts, dropped: dropped)
    if final.mass[root] * 2 < statistics.mass[root] { (dropped, final) = (before, statistics) }
    let leads = LeadFinder(tree: tree, hints: hints, statistics: final, dropped: dropped).leads(before: root)
    return Content(
      hints: hints, roots: leads + [root], dropped: dropped, statistics: final, grids: grids,
      wholeMass: statistics.mass[root], visible: visible.counts[0])
  }

  /// The element whose text is the content: the surest name that holds enough of what the score tree finds, else what
  /// the score tree finds.
  private func choose(_ names: NamedBody, _ statistics: PageStatistics, _ dropped: DropMask) -> HTMLTree.Index? {
    let named = names.best(statistics, dropped)
    let scored = ScoreTree(tree: tree, hints: hints, statistics: statistics, dropped: dropped).best()
      .map { climb(from: $0, statistics, needing: 4, share: 8) }
    let wanted = scored.map { statistics.mass[$0] } ?? 0
    if let body = names.only(statistics, dropped), statistics.mass[body] >= 600 {
      return climb(from: body, statistics, needing: 6, share: 4, limit: statistics.mass[body])
    }
    for (_, index) in named where statistics.mass[index] * 2 >= wanted && statistics.mass[index] > 100 {
      return climb(from: index, statistics, needing: 6, share: 4)
    }
    if let scored { return scored }
    if let first = named.first { return first.index }
    return statistics.counts[0].characters > 0 ? tree.first(.body, in: 0) : nil
  }

  /// Goes up as long as what is gained reads like what is there already. What only follows a text, and does not
  /// continue it, must be a good part of it: notices and notes of the site read like a text too.
  private func climb(
    from start: HTMLTree.Index, _ statistics: PageStatistics, needing tenths: Int, share: Int, limit: Int = .max
  ) -> HTMLTree.Index {
    var best = start
    var current = start
    var gain = Gain()
    while tree.tag(current) != .body, tree.parent(current) > 0, tree.tag(tree.parent(current)) != .html {
      gain.add(beside: current, in: tree, statistics)
      current = tree.parent(current)
      let gained = statistics.mass[current] - statistics.mass[best]
      let added = statistics.counts[current].characters - statistics.counts[best].characters
      let links = statistics.counts[current].linkCharacters - statistics.counts[best].linkCharacters
      guard gained > 80, gained * 10 >= added * tenths, links * 10 <= added * 3,
        gained <= limit, gain.continues || gained * share >= statistics.mass[best]
      else { continue }
      best = current
      gain = Gain()
    }
    return best
  }

  /// The running text that going up would add.
  private struct Gain {
    private var front = 0
    private var back = 0
    private var isAlike = false

    /// Whether most of it leads to the text, or some of it stands in an element like that of the text.
    var continues: Bool { front > back || isAlike }

    mutating func add(beside index: HTMLTree.Index, in tree: HTMLTree, _ statistics: PageStatistics) {
      for sibling in tree.children(tree.parent(index)) where statistics.mass[sibling] > 0 && sibling != index {
        if sibling < index { front += statistics.mass[sibling] } else { back += statistics.mass[sibling] }
        if !isAlike, tree.tag(sibling) == tree.tag(index) { isAlike = tree.shareClass(sibling, index) }
      }
    }
  }
}
