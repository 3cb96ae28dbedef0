/// Tells the headings above a position; positions are asked for in ascending order.
package struct Outline {
  private let headings: [(level: Int, start: Int, title: String)]
  private var next = 0
  private var path: [(level: Int, title: String)] = []
  /// The declarations that were taken apart and begin later, and those around the position.
  private var declarations: ArraySlice<(range: Range<Int>, title: String)> = []
  private var around: [(range: Range<Int>, title: String)] = []

  /// The outline of a text that was cut: its headings; of source code the path, and what is around each chunk.
  init(_ bytes: [UInt8], _ structure: TextStructure, _ cut: CutText, path: String?) {
    if case .markdown(let blocks) = structure {
      self.init(bytes, blocks)
      return
    }
    self.init(bytes, [])
    self.path = path.map { [(0, $0)] } ?? []
    declarations = cut.opened[...]
  }

  package init(_ bytes: [UInt8], _ blocks: [MarkdownBlock]) {
    headings = blocks.compactMap { block in
      guard case .heading(let level) = block.kind else { return nil }
      return (level, block.range.lowerBound, headingTitle(bytes, block))
    }
  }

  /// The titles of the headings in force before `position`, outermost first.
  package mutating func headings(above position: Int) -> [String] {
    while let first = declarations.first, first.range.lowerBound < position {
      around.append(first)
      declarations = declarations.dropFirst()
    }
    around.removeAll { $0.range.upperBound <= position }
    while next < headings.count, headings[next].start < position {
      let heading = headings[next]
      path.removeAll { $0.level >= heading.level }
      path.append((heading.level, heading.title))
      next += 1
    }
    // A heading at the position itself is not above it, and ends the sections of its level.
    let level = next < headings.count && headings[next].start == position ? headings[next].level : .max
    return path.filter { $0.level < level && !$0.title.isEmpty }.map(\.title) + around.map(\.title)
  }
}
