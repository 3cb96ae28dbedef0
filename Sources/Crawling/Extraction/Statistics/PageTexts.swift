/// What can be counted in each text of a page, and which block each element belongs to. Neither changes with what is
/// dropped, so it is found once.
struct PageTexts {
  /// The counts of each text; nothing for elements and for what was dropped.
  private(set) var counts: [TextCounts]
  /// The innermost block that each element is or stands in; the root for texts and for what was dropped.
  private(set) var blocks: [Int32]

  /// Counts the texts without what `dropped` marks; a dropped node takes its descendants with it.
  init(_ tree: HTMLTree, dropped: DropMask) {
    let count = tree.nodes.count
    counts = Array(repeating: TextCounts(), count: count)
    blocks = Array(repeating: 0, count: count)
    var inLink = [Bool](repeating: false, count: count)
    var index = 1
    while index < count {
      let node = tree.nodes[index]
      if dropped[index] {
        index = Int(node.end)
        continue
      }
      let parent = Int(node.parent)
      if node.tag == .text {
        counts[index] = TextCounts(tree.text(index), isLink: inLink[parent])
      } else {
        blocks[index] = node.tag.isBlock ? Int32(index) : blocks[parent]
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
}
