/// A page while it is being built: nodes linked to each other, so that the repair rules of HTML 5 can move them.
/// ``finish(depth:)`` lays them out as an ``HTMLTree``.
struct DocumentBuilder {
  /// The position of a node in ``nodes``.
  typealias Index = Int32

  private static let none: Index = -1

  private struct Node {
    var tag: Tag
    /// Whether the element is among the open ones.
    var isOpen = false
    var parent = DocumentBuilder.none
    var first = DocumentBuilder.none
    var last = DocumentBuilder.none
    var previous = DocumentBuilder.none
    var next = DocumentBuilder.none
    /// As in ``HTMLTree/Node``.
    var start: Int32 = 0
    var count: Int32 = 0
  }

  private var nodes = [Node(tag: .root)]
  private var attributes: [HTMLTree.Attribute] = []
  private var bytes: [UInt8] = []
  private let page: UnsafeBufferPointer<UInt8>
  private let limit: Int

  /// A document for a page, with at most so many nodes.
  init(_ page: UnsafeBufferPointer<UInt8>, limit: Int) {
    self.page = page
    self.limit = min(limit, 1 << 29)
    nodes.reserveCapacity(page.count / 32)
    bytes.reserveCapacity(page.count)
    attributes.reserveCapacity(page.count / 64)
  }

  /// Whether there are as many nodes as there may be.
  var isFull: Bool { nodes.count >= limit }

  /// Adds an element at the end of another, with these attributes.
  mutating func addElement(_ tag: Tag, _ list: [HTMLTokenizer.Attribute], to parent: Index) -> Index {
    let index = addNode(tag, start: attributes.count, count: 0)
    setAttributes(list, of: index)
    append(index, to: parent)
    return index
  }

  /// An element like another, without its content and not yet part of the tree.
  mutating func clone(_ other: Index) -> Index {
    let model = nodes[Int(other)]
    return addNode(model.tag, start: Int(model.start), count: Int(model.count))
  }

  /// Gives an element attributes unless it has some.
  mutating func setAttributes(_ list: [HTMLTokenizer.Attribute], of index: Index) {
    guard nodes[Int(index)].count == 0, !list.isEmpty else { return }
    nodes[Int(index)].start = Int32(attributes.count)
    nodes[Int(index)].count = Int32(list.count)
    for attribute in list {
      let start = bytes.count
      CharacterReferences.append(page.part(attribute.value), inAttribute: true, to: &bytes)
      attributes.append(
        HTMLTree.Attribute(name: attribute.name, start: Int32(start), count: Int32(bytes.count - start)))
    }
  }

  /// Adds text at the end of an element; it joins the text before it if nothing stands between.
  mutating func addText(_ range: Range<Int>, literal: Bool, to parent: Index) {
    let start = bytes.count
    if literal {
      bytes.append(contentsOf: page.part(range))
    } else {
      CharacterReferences.append(page.part(range), inAttribute: false, to: &bytes)
    }
    let count = Int32(bytes.count - start)
    guard count > 0 else { return }
    let last = Int(nodes[Int(parent)].last)
    if last >= 0, nodes[last].tag == .text, Int(nodes[last].start + nodes[last].count) == start {
      nodes[last].count += count
    } else {
      append(addNode(.text, start: start, count: Int(count)), to: parent)
    }
  }

  func isOpen(_ index: Index) -> Bool { nodes[Int(index)].isOpen }

  mutating func setOpen(_ index: Index, _ isOpen: Bool) { nodes[Int(index)].isOpen = isOpen }

  /// Whether two elements have the same attributes.
  func haveSameAttributes(_ left: Index, _ right: Index) -> Bool {
    let (first, second) = (nodes[Int(left)], nodes[Int(right)])
    guard first.count == second.count else { return false }
    for offset in 0..<Int(first.count) {
      let (a, b) = (attributes[Int(first.start) + offset], attributes[Int(second.start) + offset])
      guard a.name == b.name, value(a).elementsEqual(value(b)) else { return false }
    }
    return true
  }

  private func value(_ attribute: HTMLTree.Attribute) -> ArraySlice<UInt8> {
    bytes[Int(attribute.start)..<Int(attribute.start + attribute.count)]
  }

  /// Whether an element has an attribute of which the value, in lower case, is one of these.
  func has(_ name: AttributeName, among values: [StaticString], _ index: Index) -> Bool {
    let node = nodes[Int(index)]
    for position in Int(node.start)..<Int(node.start + node.count) where attributes[position].name == name {
      let lowered = value(attributes[position]).map(ASCII.lowercased)
      return values.contains { $0.withUTF8Buffer { lowered.elementsEqual($0) } }
    }
    return false
  }

  /// Moves a node, with what is in it, to the end of another.
  mutating func move(_ index: Index, to parent: Index) {
    detach(index)
    append(index, to: parent)
  }

  /// Moves all that is in a node to the end of another.
  mutating func moveChildren(of source: Index, to target: Index) {
    var child = nodes[Int(source)].first
    while child != Self.none {
      let next = nodes[Int(child)].next
      move(child, to: target)
      child = next
    }
  }

  private mutating func addNode(_ tag: Tag, start: Int, count: Int) -> Index {
    nodes.append(Node(tag: tag, start: Int32(start), count: Int32(count)))
    return Index(nodes.count - 1)
  }

  private mutating func append(_ index: Index, to parent: Index) {
    let last = nodes[Int(parent)].last
    nodes[Int(index)].parent = parent
    nodes[Int(index)].previous = last
    nodes[Int(parent)].last = index
    if last == Self.none { nodes[Int(parent)].first = index } else { nodes[Int(last)].next = index }
  }

  private mutating func detach(_ index: Index) {
    let node = nodes[Int(index)]
    guard node.parent != Self.none else { return }
    if node.previous == Self.none {
      nodes[Int(node.parent)].first = node.next
    } else {
      nodes[Int(node.previous)].next = node.next
    }
    if node.next == Self.none {
      nodes[Int(node.parent)].last = node.previous
    } else {
      nodes[Int(node.next)].previous = node.previous
    }
    nodes[Int(index)].parent = Self.none
    nodes[Int(index)].previous = Self.none
    nodes[Int(index)].next = Self.none
  }
}

extension DocumentBuilder {
  /// The tree in document order. Elements nested deeper than `depth` are left out; what is in them belongs to the one
  /// at that depth.
  func finish(depth: Int) -> HTMLTree {
    var tree = HTMLTree(nodes: [], attributes: attributes, bytes: bytes)
    tree.nodes.reserveCapacity(nodes.count)
    tree.nodes.append(HTMLTree.Node(tag: .root, parent: 0, end: 1, start: 0, count: 0))
    // The elements around the current node: here and, as far as they are kept, in the tree.
    var kept: [Int32] = [0]
    var level = 0
    var current = nodes[0].first
    while current != Self.none {
      let node = nodes[Int(current)]
      if node.tag == .text || kept.count < depth {
        let index = Int32(tree.nodes.count)
        tree.nodes.append(
          HTMLTree.Node(
            tag: node.tag, parent: kept[kept.count - 1], end: index + 1, start: node.start, count: node.count))
        if node.first != Self.none { kept.append(index) }
      }
      if node.first != Self.none {
        level += 1
        current = node.first
        continue
      }
      var next = node
      while next.next == Self.none, level > 0 {
        level -= 1
        if level + 1 < kept.count { tree.nodes[Int(kept.removeLast())].end = Int32(tree.nodes.count) }
        next = nodes[Int(next.parent)]
      }
      current = next.next
    }
    tree.nodes[0].end = Int32(tree.nodes.count)
    return tree
  }
}
