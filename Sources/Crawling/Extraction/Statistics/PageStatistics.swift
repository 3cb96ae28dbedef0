/// The figures of every node of a page, counted over what has not been dropped.
struct PageStatistics {
  /// The text below each node.
  private(set) var counts: [TextCounts]
  /// The text of each block itself: what stands in it, inline elements included, but not in a block inside it.
  private(set) var own: [TextCounts]
  /// The characters of running text below each node: blocks that read like sentences.
  private(set) var mass: [Int]

  /// Counts the tree without what `dropped` marks; a dropped node takes its descendants with it. `texts` are those of
  /// the same tree, with at least what is not dropped.
  init(_ tree: HTMLTree, _ texts: PageTexts, dropped: DropMask) {
    let count = tree.nodes.count
    counts = Array(repeating: TextCounts(), count: count)
    own = counts
    mass = Array(repeating: 0, count: count)
    addTexts(tree, texts, dropped)
    for index in stride(from: count - 1, to: 0, by: -1) {
      let node = tree.nodes[index]
      if node.tag.isBlock { mass[index] += Self.runningText(own[index], tag: node.tag) }
      let parent = Int(node.parent)
      counts[parent] += counts[index]
      mass[parent] += mass[index]
    }
  }

  /// Gives every text to its node and to the block it belongs to.
  private mutating func addTexts(_ tree: HTMLTree, _ texts: PageTexts, _ dropped: DropMask) {
    var index = 1
    while index < tree.nodes.count {
      let node = tree.nodes[index]
      if dropped[index] {
        index = Int(node.end)
        continue
      }
      if node.tag == .text {
        counts[index] = texts.counts[index]
        own[Int(texts.blocks[Int(node.parent)])] += texts.counts[index]
      }
      index += 1
    }
  }

  /// The characters of a block that count as running text: enough of them, few of them links, with a sentence's marks.
  private static func runningText(_ text: TextCounts, tag: Tag) -> Int {
    if tag == .pre { return text.characters }
    guard text.characters >= 25, text.linkDensity < 0.5, tag.headingLevel == nil else { return 0 }
    let reads = text.stops + text.commas > 0 && text.characters >= 40 || text.characters >= 120
    return reads ? text.plainCharacters : 0
  }
}
