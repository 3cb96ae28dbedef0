/// A page as a flat value: nodes in document order, so that a node's descendants are the nodes from the next one up to
/// its ``Node/end``, and a loop from the last node to the first visits children before their parents.
struct HTMLTree: Sendable {
  /// The position of a node in ``nodes``.
  typealias Index = Int

  /// An element or a run of text.
  struct Node: Sendable {
    var tag: Tag
    var parent: Int32
    /// One past the last descendant.
    var end: Int32
    /// Where the text starts in ``HTMLTree/bytes`` (text nodes), or the first attribute (elements).
    var start: Int32
    /// The length of the text, or the number of attributes.
    var count: Int32
  }

  /// One attribute of an element; the value is a range of ``HTMLTree/bytes``.
  struct Attribute: Sendable {
    var name: AttributeName
    var start: Int32
    var count: Int32
  }

  var nodes: [Node]
  var attributes: [Attribute] = []
  /// The text of all nodes and attribute values: valid UTF-8.
  var bytes: [UInt8] = []

  /// The range of a node's descendants.
  func descendants(_ index: Index) -> Range<Index> { (index + 1)..<Int(nodes[index].end) }

  /// The node's children.
  func children(_ index: Index) -> Children { Children(nodes: nodes, position: index + 1, end: Int(nodes[index].end)) }

  func parent(_ index: Index) -> Index { Int(nodes[index].parent) }

  func tag(_ index: Index) -> Tag { nodes[index].tag }

  /// Whether `inner` is `outer` or lies in it.
  func contains(_ outer: Index, _ inner: Index) -> Bool { inner >= outer && inner < Int(nodes[outer].end) }

  /// The bytes of a text node.
  func text(_ index: Index) -> ArraySlice<UInt8> {
    let node = nodes[index]
    return bytes[Int(node.start)..<Int(node.start + node.count)]
  }

  /// The raw value of an attribute.
  func value(_ name: AttributeName, of index: Index) -> ArraySlice<UInt8>? {
    let node = nodes[index]
    guard node.tag != .text, node.count > 0 else { return nil }
    for position in Int(node.start)..<Int(node.start + node.count) where attributes[position].name == name {
      let attribute = attributes[position]
      return bytes[Int(attribute.start)..<Int(attribute.start + attribute.count)]
    }
    return nil
  }

  /// The value of an attribute without the white space around it.
  func string(_ name: AttributeName, of index: Index) -> String? {
    value(name, of: index).map { String(decoding: $0.trimmed, as: UTF8.self) }
  }

  func has(_ name: AttributeName, _ index: Index) -> Bool { value(name, of: index) != nil }

  /// All text below the node, as it stands in the source.
  func rawText(_ index: Index) -> [UInt8] {
    if tag(index) == .text { return Array(text(index)) }
    var output: [UInt8] = []
    for child in descendants(index) where tag(child) == .text { output += text(child) }
    return output
  }

  /// All text below the node on one line, cleaned.
  func lineText(_ index: Index) -> String { TextCleaner.line(rawText(index)) }

  /// The first byte of the text below the node that is no white space.
  func firstByte(in index: Index) -> UInt8? {
    for child in descendants(index) where tag(child) == .text {
      if let byte = text(child).first(where: { !ASCII.isSpace($0) }) { return byte }
    }
    return nil
  }

  /// The first descendant with this tag.
  func first(_ tag: Tag, in index: Index) -> Index? {
    descendants(index).first { nodes[$0].tag == tag }
  }

  /// Whether an ancestor has one of these tags.
  func hasAncestor(_ index: Index, where test: (Tag) -> Bool) -> Bool {
    var current = parent(index)
    while current > 0 {
      if test(nodes[current].tag) { return true }
      current = parent(current)
    }
    return false
  }

  /// The innermost block that is or holds a node; the root when there is none.
  func block(around index: Index) -> Index {
    var current = index
    while current > 0, !tag(current).isBlock { current = parent(current) }
    return current
  }

  /// The children of a node, in order.
  struct Children: Sequence, IteratorProtocol {
    let nodes: [Node]
    var position: Index
    let end: Index

    mutating func next() -> Index? {
      guard position < end else { return nil }
      defer { position = Int(nodes[position].end) }
      return position
    }
  }
}

extension ArraySlice<UInt8> {
  /// Without ASCII white space at both ends.
  var trimmed: ArraySlice<UInt8> {
    guard let first = firstIndex(where: { !ASCII.isSpace($0) }),
      let last = lastIndex(where: { !ASCII.isSpace($0) })
    else { return [] }
    return self[first...last]
  }
}
