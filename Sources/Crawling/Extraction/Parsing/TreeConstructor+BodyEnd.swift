/// End tags in the body (13.2.6.4.7).
extension TreeConstructor {
  mutating func endInBody(_ name: ElementName) {
    let tag = name.tag
    if tag.isFormatting { return adopt(name) }
    if tag.isPlainBlock || tag == .button || tag == .select || tag == .object || tag == .marquee || tag == .applet {
      return endBlock(tag)
    }
    switch tag {
    case .p:
      if !open.has(.p, in: .button) { addImplied(.p) }
      closeParagraph()
    case .li: endItem(.li, in: .listItem)
    case .dd, .dt: endItem(tag, in: .normal)
    case .h1, .h2, .h3, .h4, .h5, .h6:
      if let position = open.position(where: { $0.headingLevel != nil }) { popThrough(position) }
    case .br:
      reconstruct()
      _ = document.addElement(.br, [], to: open.current.node)
    case .form: endForm()
    case .template: endTemplate()
    case .noscript: endNoscript()
    case .svg, .math: endEmbedded(name)
    // What comes behind the end of the body still belongs to it.
    case .body, .html: break
    default: endOther(name)
    }
  }

  private mutating func endBlock(_ tag: Tag) {
    guard let position = open.position(of: tag) else { return }
    popThrough(position)
  }

  private mutating func endItem(_ tag: Tag, in scope: OpenElements.Scope) {
    guard let position = open.position(of: tag, in: scope) else { return }
    popThrough(position)
  }

  /// A form may end in the middle of other elements, which go on.
  private mutating func endForm() {
    if templates > 0 { return endBlock(.form) }
    guard let node = form else { return }
    form = nil
    guard document.isOpen(node), let position = open.position(ofNode: node), open.isInScope(position) else { return }
    closeImplied()
    remove(at: position)
  }

  private mutating func endNoscript() {
    guard let position = open.lastPosition(of: .noscript) else { return }
    popThrough(position)
    resetMode()
  }

  /// The innermost element of this name ends, unless a special one is open in it.
  mutating func endOther(_ name: ElementName) {
    var position = open.count - 1
    while position > 0 {
      let element = open[position]
      if element.name == name, element.kind == .html { return popThrough(position) }
      if element.tag.isSpecial || element.kind == .htmlIntegration || element.kind == .textIntegration { return }
      position -= 1
    }
  }
}
