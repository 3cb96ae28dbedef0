/// Finds cards: parts of a page that stand for other pages, each with a heading that is a link, side by side in one
/// element. A few of them inside an article are teasers; a page that is nothing else is an index.
struct CardFinder {
  let tree: HTMLTree
  let statistics: PageStatistics
  let dropped: DropMask

  /// The element that cards stand in, with the cards, in document order.
  struct Grid {
    let container: HTMLTree.Index
    var cards: [HTMLTree.Index]
    /// Characters of the cards, links included.
    var characters: Int
    /// Running text of the cards.
    var mass: Int
  }

  /// A card longer than this is a text of its own.
  private static let longestCard = 900

  /// The groups of cards inside an element.
  func grids(in root: HTMLTree.Index) -> [Grid] {
    let headings = linkedHeadings(in: root)
    guard headings.count > 1 else { return [] }
    var grids: [HTMLTree.Index: Grid] = [:]
    for position in headings.indices {
      let previous = position > 0 ? headings[position - 1] : nil
      let next = position + 1 < headings.count ? headings[position + 1] : nil
      guard let card = card(of: headings[position], between: previous, and: next, in: root) else { continue }
      let counts = statistics.counts[card]
      guard counts.characters <= Self.longestCard else { continue }
      let container = tree.parent(card)
      grids[container, default: Grid(container: container, cards: [], characters: 0, mass: 0)].add(
        card, counts.characters, statistics.mass[card])
    }
    return grids.values.filter { $0.cards.count > 1 }.sorted { $0.container < $1.container }
  }

  /// Headings that are links to other pages from end to end.
  private func linkedHeadings(in root: HTMLTree.Index) -> [HTMLTree.Index] {
    var found: [HTMLTree.Index] = []
    var index = root + 1
    while index < Int(tree.nodes[root].end) {
      if dropped[index] {
        index = Int(tree.nodes[index].end)
        continue
      }
      if tree.tag(index).headingLevel != nil {
        let counts = statistics.counts[index]
        if counts.characters > 2, counts.linkDensity > 0.8 { found.append(index) }
        index = Int(tree.nodes[index].end)
      } else {
        index += 1
      }
    }
    return found
  }

  /// The largest element around a heading that holds no other linked heading; nil when that is the heading itself.
  private func card(
    of heading: HTMLTree.Index, between previous: HTMLTree.Index?, and next: HTMLTree.Index?, in root: HTMLTree.Index
  ) -> HTMLTree.Index? {
    var card = heading
    while case let parent = tree.parent(card), parent > root {
      if let previous, tree.contains(parent, previous) { break }
      if let next, tree.contains(parent, next) { break }
      card = parent
    }
    return card == heading ? nil : card
  }
}

extension CardFinder.Grid {
  fileprivate mutating func add(_ card: HTMLTree.Index, _ characters: Int, _ mass: Int) {
    cards.append(card)
    self.characters += characters
    self.mass += mass
  }
}
