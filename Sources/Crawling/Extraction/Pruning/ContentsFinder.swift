/// Tells tables of contents: elements that are links to places on the same page, and little else.
struct ContentsFinder {
  private let tree: HTMLTree
  private let statistics: PageStatistics
  /// The links to places on the page, in document order.
  private let links: [HTMLTree.Index]

  private static let longest = 3000
  private static let fewestLinks = 3

  /// Looks for the links once, inside the content.
  init(tree: HTMLTree, statistics: PageStatistics, root: HTMLTree.Index) {
    self.tree = tree
    self.statistics = statistics
    links = tree.descendants(root).filter { index in
      guard tree.tag(index) == .a, let target = tree.value(.href, of: index) else { return false }
      return target.count > 1 && target.first == UInt8(ascii: "#")
    }
  }

  /// Whether an element is such a table.
  func isContents(_ index: HTMLTree.Index) -> Bool {
    guard links.count >= Self.fewestLinks else { return false }
    switch tree.tag(index) {
    case .ul, .ol, .div, .section, .details, .p: break
    default: return false
    }
    let counts = statistics.counts[index]
    guard counts.characters <= Self.longest, counts.linkDensity < 0.3 else { return false }
    var found = 0
    var characters = 0
    for link in links[firstLink(after: index)...] {
      guard tree.contains(index, link) else { break }
      found += 1
      characters += statistics.counts[link].characters
    }
    return found >= Self.fewestLinks && characters * 10 >= counts.characters * 8
  }

  /// The position of the first link behind a node.
  private func firstLink(after index: HTMLTree.Index) -> Int {
    var low = 0
    var high = links.count
    while low < high {
      let middle = (low + high) / 2
      if links[middle] < index { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
