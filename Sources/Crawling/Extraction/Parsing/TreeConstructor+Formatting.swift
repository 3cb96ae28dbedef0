/// Elements such as `b` and `a`, which pages close in the wrong order.
extension TreeConstructor {
  mutating func startFormatting(_ name: ElementName) {
    if name.tag == .a, let position = formatting.position(of: name) {
      // Links do not nest.
      let node = formatting[position].node
      adopt(name)
      if let position = formatting.position(ofNode: node) { formatting.remove(at: position) }
      if let position = open.position(ofNode: node) { remove(at: position) }
    }
    reconstruct()
    if name.tag == .nobr, open.has(.nobr) {
      adopt(name)
      reconstruct()
    }
    guard let node = add(name) else { return }
    formatting.push(FormattingElements.Entry(node: node, name: name), in: document)
  }

  /// Opens again the formatting elements that a block has ended (13.2.4.3).
  mutating func reconstruct() {
    guard let last = formatting.entries.last, !last.isMarker, !document.isOpen(last.node) else { return }
    var first = formatting.entries.count - 1
    while first > 0, !formatting[first - 1].isMarker, !document.isOpen(formatting[first - 1].node) { first -= 1 }
    for position in first..<formatting.entries.count {
      let entry = formatting[position]
      // A link that was never closed would make links of all paragraphs that follow.
      if entry.name.tag == .a { continue }
      guard open.count < limit else { return }
      let node = document.clone(entry.node)
      document.move(node, to: open.current.node)
      push(node, entry.name)
      formatting.replaceNode(at: position, by: node)
    }
  }

  /// The adoption agency (13.2.6.4.7): an end tag closes its formatting element, and blocks that were opened in it and
  /// go on get an element like it around what they hold so far.
  mutating func adopt(_ name: ElementName) {
    if open.current.name == name, open.current.kind == .html,
      formatting.position(ofNode: open.current.node) == nil
    {
      return pop()
    }
    for _ in 0..<8 {
      guard let active = formatting.position(of: name) else { return endOther(name) }
      let node = formatting[active].node
      guard document.isOpen(node), let position = open.position(ofNode: node) else {
        return formatting.remove(at: active)
      }
      guard open.isInScope(position) else { return }
      guard let block = (position..<open.count).first(where: { isBlockLike(open[$0]) }) else {
        popThrough(position)
        return formatting.remove(at: active)
      }
      adopt(active: active, position: position, block: block)
    }
  }

  private func isBlockLike(_ element: OpenElements.Element) -> Bool {
    element.tag.isSpecial || element.kind == .textIntegration || element.kind == .htmlIntegration
  }

  /// One round: `active` is the formatting element in its list, `position` and `block` the places of it and of the
  /// outermost block in it among the open elements.
  private mutating func adopt(active: Int, position: Int, block: Int) {
    let formatted = formatting[active]
    let blockNode = open[block].node
    var bookmark = active
    var last = blockNode
    var steps = 0
    // From the block outwards; what is not to be opened again is closed.
    for inner in ((position + 1)..<block).reversed() {
      steps += 1
      let element = open[inner]
      var listed = formatting.position(ofNode: element.node)
      if steps > 3, let known = listed {
        formatting.remove(at: known)
        if known < bookmark { bookmark -= 1 }
        listed = nil
      }
      guard let listed else {
        remove(at: inner)
        continue
      }
      let copy = replace(inner, listed)
      if last == blockNode { bookmark = listed + 1 }
      document.move(last, to: copy)
      last = copy
    }
    document.move(last, to: open[position - 1].node)
    let copy = document.clone(formatted.node)
    document.moveChildren(of: blockNode, to: copy)
    document.move(copy, to: blockNode)
    moveEntry(formatted, to: bookmark, as: copy)
    remove(at: position)
    guard let place = open.position(ofNode: blockNode) else { return }
    document.setOpen(copy, true)
    open.insert(OpenElements.Element(node: copy, name: formatted.name, kind: .html), at: place + 1)
  }

  /// Puts a copy in the place of an open formatting element; gives the copy.
  private mutating func replace(_ position: Int, _ listed: Int) -> DocumentBuilder.Index {
    let old = open[position].node
    let copy = document.clone(old)
    document.setOpen(old, false)
    document.setOpen(copy, true)
    formatting.replaceNode(at: listed, by: copy)
    open.replaceNode(at: position, by: copy)
    return copy
  }

  private mutating func moveEntry(_ entry: FormattingElements.Entry, to bookmark: Int, as node: DocumentBuilder.Index) {
    guard let old = formatting.position(ofNode: entry.node) else { return }
    formatting.remove(at: old)
    let place = min(old < bookmark ? bookmark - 1 : bookmark, formatting.entries.count)
    formatting.insert(FormattingElements.Entry(node: node, name: entry.name), at: place)
  }
}
