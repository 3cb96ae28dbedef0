/// Tells the headings above a position; positions are asked for in ascending order.
package struct Outline {
  private let headings: [(level: Int, start: Int, title: String)]
  private var next = 0
  private var path: [(level: Int, title: String)] = []

  package init(_ bytes: [UInt8], _ blocks: [MarkdownBlock]) {
    headings = blocks.compactMap { block in
      guard case .heading(let level) = block.kind else { return nil }
      return (level, block.range.lowerBound, headingTitle(bytes, block))
    }
  }

  /// The titles of the headings in force before `position`, outermost first.
  package mutating func headings(above position: Int) -> [String] {
    while next < headings.count, headings[next].start < position {
      let heading = headings[next]
      path.removeAll { $0.level >= heading.level }
      path.append((heading.level, heading.title))
      next += 1
    }
    // A heading at the position itself is not above it, and ends the sections of its level.
    let level = next < headings.count && headings[next].start == position ? headings[next].level : .max
    return path.filter { $0.level < level && !$0.title.isEmpty }.map(\.title)
  }
}
