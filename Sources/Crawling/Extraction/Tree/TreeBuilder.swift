/// Collects a parser's events into an ``HTMLTree``.
struct TreeBuilder {
  private(set) var tree = HTMLTree(nodes: [HTMLTree.Node(tag: .root, parent: 0, end: 1, start: 0, count: 0)])
  private let limits: ExtractionLimits
  /// The open elements, outermost first.
  private var open: [Int] = [0]
  /// How many elements are open below the deepest one that is kept.
  private var tooDeep = 0

  init(limits: ExtractionLimits, expecting bytes: Int) {
    self.limits = limits
    tree.nodes.reserveCapacity(bytes / 32)
    tree.bytes.reserveCapacity(bytes / 2)
    tree.attributes.reserveCapacity(bytes / 64)
  }

  /// Whether so much has come that parsing should stop: too many nodes, or a nesting so deep that it is an attack.
  var isFull: Bool { tree.nodes.count >= limits.nodes || tooDeep > 16 * limits.depth }

  /// An element starts; its attributes follow. Returns false when the element is too deep to be kept.
  mutating func start(_ tag: Tag) -> Bool {
    guard open.count < limits.depth, tooDeep == 0 else {
      tooDeep += 1
      return false
    }
    let index = tree.nodes.count
    tree.nodes.append(
      HTMLTree.Node(
        tag: tag, parent: Int32(open[open.count - 1]), end: Int32(index + 1), start: Int32(tree.attributes.count),
        count: 0))
    open.append(index)
    return true
  }

  /// An attribute of the element that started last.
  mutating func attribute(_ name: AttributeName, value: UnsafeBufferPointer<UInt8>) {
    let start = tree.bytes.count
    tree.bytes.append(contentsOf: value)
    tree.attributes.append(HTMLTree.Attribute(name: name, start: Int32(start), count: Int32(value.count)))
    tree.nodes[tree.nodes.count - 1].count += 1
  }

  /// The innermost open element ends.
  mutating func end() {
    if tooDeep > 0 {
      tooDeep -= 1
    } else if open.count > 1 {
      tree.nodes[open.removeLast()].end = Int32(tree.nodes.count)
    }
  }

  /// Text comes; it joins the text node before it if nothing stands between.
  mutating func characters(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.count > 0 else { return }
    let last = tree.nodes.count - 1
    let parent = open[open.count - 1]
    if tree.nodes[last].tag == .text, Int(tree.nodes[last].parent) == parent,
      Int(tree.nodes[last].start + tree.nodes[last].count) == tree.bytes.count
    {
      tree.nodes[last].count += Int32(text.count)
    } else {
      tree.nodes.append(
        HTMLTree.Node(
          tag: .text, parent: Int32(parent), end: Int32(last + 2), start: Int32(tree.bytes.count),
          count: Int32(text.count)))
    }
    tree.bytes.append(contentsOf: text)
  }

  /// Closes what is open and returns the tree.
  mutating func finish() -> HTMLTree {
    tooDeep = 0
    while open.count > 1 { end() }
    tree.nodes[0].end = Int32(tree.nodes.count)
    return tree
  }
}
