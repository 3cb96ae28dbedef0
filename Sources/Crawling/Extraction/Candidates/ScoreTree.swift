/// Finds the element that holds the text by letting every block of running text vote for its ancestors, the nearest
/// most; the idea is Arc90's Readability.
struct ScoreTree {
  let tree: HTMLTree
  let hints: [Hints]
  let statistics: PageStatistics
  let dropped: DropMask

  /// The element with the highest score; nil when the page has no running text.
  func best() -> HTMLTree.Index? {
    var scores = [Double](repeating: 0, count: tree.nodes.count)
    for index in 1..<tree.nodes.count where tree.tag(index).isBlock {
      let own = statistics.own[index]
      guard own.plainCharacters >= 25, own.linkDensity < 0.5 else { continue }
      vote(1 + Double(own.commas) + min(3, Double(own.plainCharacters) / 100), from: index, &scores)
    }
    var best: (index: HTMLTree.Index, score: Double)?
    for index in 1..<scores.count where scores[index] > 0 && tree.tag(index) != .html {
      let score = (scores[index] + bonus(index)) * (1 - statistics.counts[index].linkDensity)
      if score > best?.score ?? 0 { best = (index, score) }
    }
    return best?.index
  }

  private func vote(_ score: Double, from block: HTMLTree.Index, _ scores: inout [Double]) {
    var current = tree.parent(block)
    // A block that is itself a container of bare text votes for itself too.
    if tree.tag(block) == .div || tree.tag(block) == .td || tree.tag(block) == .section { scores[block] += score }
    for level in 0..<5 where current > 0 {
      scores[current] += level == 0 ? score : level == 1 ? score / 2 : score / Double(level * 3)
      current = tree.parent(current)
    }
  }

  private func bonus(_ index: HTMLTree.Index) -> Double {
    var points: Double =
      switch tree.tag(index) {
      case .article, .main: 15
      case .div, .section: 5
      case .pre, .td, .blockquote: 3
      case .ol, .ul, .dl, .dd, .dt, .li, .form, .address: -3
      default: 0
      }
    if hints[index].contains(.content) { points += 25 }
    if !hints[index].isDisjoint(with: .boilerplate) { points -= 25 }
    return points
  }
}
