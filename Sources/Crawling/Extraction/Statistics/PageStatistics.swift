/// The figures of every node of a page, counted over what has not been dropped.
struct PageStatistics {
  /// The text below each node.
  private(set) var counts: [TextCounts]
  /// The text of each block itself: what stands in it, inline elements included, but not in a block inside it.
  private(set) var own: [TextCounts]
  /// The characters of running text below each node: blocks that read like sentences.
  private(set) var mass: [Int]
  /// How many blocks of running text there are below each node.
  private(set) var paragraphs: [Int]

  /// Counts the tree without what `dropped` marks; a dropped node takes its descendants with it.
  init(_ tree: HTMLTree, dropped: DropMask) {
    let count = tree.nodes.count
    counts = Array(repeating: TextCounts(), count: count)
    own = counts
    mass = Array(repeating: 0, count: count)
    paragraphs = mass
    countText(tree, dropped)
    for index in stride(from: count - 1, to: 0, by: -1) {
      if tree.nodes[index].tag.isBlock {
        let running = Self.runningText(own[index], tag: tree.nodes[index].tag)
        mass[index] += running
        if running > 0 { paragraphs[index] += 1 }
      }
      let parent = Int(tree.nodes[index].parent)
      counts[parent] += counts[index]
      mass[parent] += mass[index]
      paragraphs[parent] += paragraphs[index]
    }
  }

  /// Gives every text to its node and to the block it belongs to.
  private mutating func countText(_ tree: HTMLTree, _ dropped: DropMask) {
    let count = tree.nodes.count
    var owner = [Int32](repeating: 0, count: count)
    var inLink = [Bool](repeating: false, count: count)
    var index = 1
    while index < count {
      if dropped[index] {
        index = Int(tree.nodes[index].end)
        continue
      }
      let node = tree.nodes[index]
      let parent = Int(node.parent)
      if node.tag == .text {
        let found = TextCounts(tree.text(index), isLink: inLink[parent])
        counts[index] = found
        own[Int(owner[parent])] += found
      } else {
        owner[index] = node.tag.isBlock ? Int32(index) : owner[parent]
        inLink[index] = inLink[parent] || node.tag == .a && Self.leadsAway(tree, index)
      }
      index += 1
    }
  }

  /// Whether the anchor is a link to another page; one within the page (a footnote, a heading) is part of the text.
  private static func leadsAway(_ tree: HTMLTree, _ index: Int) -> Bool {
    guard let target = tree.value(.href, of: index)?.trimmed else { return false }
    if target.first == UInt8(ascii: "#") { return false }
    // An anchor around paragraphs was never closed, or makes a whole card clickable.
    var length = 0
    for child in tree.descendants(index) where tree.tag(child) == .text {
      length += tree.text(child).count
      if length > 400 { return false }
    }
    return true
  }

  /// The characters of a block that count as running text: enough of them, few of them links, with a sentence's marks.
  private static func runningText(_ text: TextCounts, tag: Tag) -> Int {
    if tag == .pre { return text.characters }
    guard text.characters >= 25, text.linkDensity < 0.5, tag.headingLevel == nil else { return 0 }
    let reads = text.stops + text.commas > 0 && text.characters >= 40 || text.characters >= 120
    return reads ? text.plainCharacters : 0
  }
}
