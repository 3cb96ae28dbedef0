/// Short lines near a page's text in which a date may stand: between the headline and the text, at the text's beginning
/// and at its end.
struct DateLines {
  let tree: HTMLTree
  let content: ContentFinder.Content

  /// A longer line is a sentence, which may speak of any day.
  private static let longest = 110
  private static let mostLines = 24
  /// How many nodes away from the text is still near.
  private static let reach = 160
  /// How many nodes above the headline its kicker may begin.
  private static let kicker = 8

  /// Lines from the headline to the first piece of running text.
  func above() -> [String] {
    guard let root = content.roots.last else { return [] }
    let headline = headline(before: root)
    let start = max(1, min(headline.map { $0 - Self.kicker } ?? root, root))
    var end = min(firstText(in: root), tree.nodes.count)
    if end - start > 4 * Self.reach { end = start + 4 * Self.reach }
    return lines(start..<max(start, end))
  }

  /// What the first piece of running text begins with, where press releases have kind, place and day; nil when it begins
  /// as any sentence.
  func opening() -> String? {
    guard let root = content.roots.last, case let first = firstText(in: root), first < Int(tree.nodes[root].end) else {
      return nil
    }
    let line = String(tree.lineText(first).prefix(80))
    let bytes = Array(line.utf8)
    for mark in Self.marks {
      if let end = ASCII.find(mark, in: bytes, from: 0) { return String(decoding: bytes[..<end], as: UTF8.self) }
    }
    let digits = bytes.prefix(while: ASCII.isDigit).count
    guard digits > 0, digits < bytes.count, "./-".utf8.contains(bytes[digits]) else { return nil }
    return String(decoding: bytes.prefix(12), as: UTF8.self)
  }

  /// What parts such a beginning from the text.
  private static let marks: [StaticString] = [" | ", " \u{2013} ", " \u{2014} ", " - ", ": ", "\u{2013} "]

  /// Lines inside the text, and close behind it.
  func below() -> [String] {
    guard let root = content.roots.last else { return [] }
    let end = Int(tree.nodes[root].end)
    let inside = lines(max(firstText(in: root), end - 4 * Self.reach)..<end)
    return Array(inside.reversed()) + lines(end..<min(end + Self.reach, tree.nodes.count))
  }

  /// The main heading closest above the text, or in it.
  private func headline(before root: HTMLTree.Index) -> HTMLTree.Index? {
    let near = max(1, root - 4 * Self.reach)
    return (near..<root).last { tree.tag($0) == .h1 } ?? (near..<root).last { tree.tag($0) == .h2 }
  }

  private func firstText(in root: HTMLTree.Index) -> HTMLTree.Index {
    let statistics = content.statistics
    return tree.descendants(root).first { tree.tag($0).isBlock && statistics.own[$0].plainCharacters >= 120 }
      ?? Int(tree.nodes[root].end)
  }

  /// The texts of short blocks that hold a digit.
  private func lines(_ range: Range<HTMLTree.Index>) -> [String] {
    var found: [String] = []
    var index = range.lowerBound
    while index < range.upperBound, found.count < Self.mostLines {
      let tag = tree.tag(index)
      if tag == .script || tag == .style || tag == .pre {
        index = Int(tree.nodes[index].end)
        continue
      }
      if tag == .text, tree.text(index).contains(where: ASCII.isDigit) {
        let block = tree.block(around: tree.parent(index))
        let isSmall = Int(tree.nodes[block].end) - block < 60
        let text = isSmall ? tree.lineText(block) : ""
        if isSmall, text.utf8.count <= Self.longest {
          if found.last != text { found.append(text) }
        } else if case let own = TextCleaner.line(tree.text(index)), own.utf8.count <= 80 {
          found.append(own)
        }
      }
      index += 1
    }
    return found
  }
}
