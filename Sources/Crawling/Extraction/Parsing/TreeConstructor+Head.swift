extension TreeConstructor {
  /// A start tag before the body.
  mutating func startInHead(_ name: ElementName) {
    switch name.tag {
    case .html: return document.setAttributes(tokenizer.attributes, of: open[0].node)
    case .head where mode == .beforeHead:
      startHead()
      if let head { document.setAttributes(tokenizer.attributes, of: head) }
      return
    case .head: return
    case .noscript where mode != .afterHead: return startHeadNoscript(name)
    default: break
    }
    if name.tag.isMetadata {
      if mode == .beforeHead { startHead() }
      return addMetadata(name)
    }
    startBody()
    // Body itself brings its attributes.
    startTag(name)
  }

  /// An end tag before the body.
  mutating func endInHead(_ name: ElementName) {
    switch name.tag {
    case .head where mode == .inHead: endHead()
    case .body, .html, .br:
      startBody()
      endHTML(name)
    case .template where templates > 0: endTemplate()
    default: break
    }
  }

  /// Adds an element that belongs into the head, wherever it stands.
  mutating func addMetadata(_ name: ElementName) {
    let parent = mode == .afterHead ? head : nil
    switch name.tag {
    case .title: addRaw(name, literal: false, to: parent)
    case .style, .script, .noframes: addRaw(name, literal: true, to: parent)
    case .template: startTemplate(name)
    default: _ = document.addElement(name.tag, tokenizer.attributes, to: parent ?? open.current.node)
    }
  }

  private mutating func startHead() {
    let node = document.addElement(.head, [], to: open.current.node)
    push(node, ElementName(.head))
    head = node
    mode = .inHead
  }

  private mutating func endHead() {
    popThrough(1)
    mode = .afterHead
  }

  /// Begins the body where the page does not say so, or says so now.
  mutating func startBody() {
    if mode == .beforeHead { startHead() }
    if mode == .inHead { endHead() }
    addImplied(.body)
    mode = .inBody
  }

  /// In a head `noscript` may hold anything; it has an end, or it is passed over.
  private mutating func startHeadNoscript(_ name: ElementName) {
    guard tokenizer.hasEndTag(name) else { return }
    if mode == .beforeHead { startHead() }
    add(name)
    mode = .inBody
  }

  /// A template holds anything, parts of tables too.
  private mutating func startTemplate(_ name: ElementName) {
    guard tokenizer.hasEndTag(name), add(name) != nil else { return }
    templates += 1
    mode = .inBody
  }

  /// Closes the innermost template.
  mutating func endTemplate() {
    guard templates > 0, let position = open.lastPosition(of: .template) else { return }
    popThrough(position)
    templates -= 1
    resetMode()
  }

  /// Finds out which rules apply from the elements that are open (13.2.4.1).
  mutating func resetMode() {
    for position in (1..<open.count).reversed() {
      switch open[position].tag {
      case .td, .th: mode = .inCell
      case .tr: mode = .inRow
      case .tbody, .thead, .tfoot: mode = .inTableBody
      case .caption: mode = .inCaption
      case .colgroup: mode = .inColumnGroup
      case .table: mode = .inTable
      case .template, .body, .noscript: mode = .inBody
      case .head: mode = .inHead
      default: continue
      }
      return
    }
    mode = head == nil ? .beforeHead : .afterHead
  }
}
