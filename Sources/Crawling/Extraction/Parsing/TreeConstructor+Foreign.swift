/// SVG and MathML (13.2.6.5).
extension TreeConstructor {
  /// Whether a start tag belongs to SVG or MathML where it stands.
  func isForeign(startTag name: ElementName) -> Bool {
    switch open.current.kind {
    case .html, .htmlIntegration, .textIntegration: false
    // A picture may stand in a formula's annotation.
    case .foreign: !(open.current.name.tag == .annotationXML && name.tag == .svg)
    }
  }

  /// Adds the element that SVG or MathML begins with.
  mutating func startEmbedded(_ name: ElementName) {
    reconstruct()
    addForeign(name)
  }

  /// The end tag of SVG or MathML ends it with all the HTML that is still open in it.
  mutating func endEmbedded(_ name: ElementName) {
    guard let position = open.lastPosition(ofForeign: name) else { return }
    popThrough(position)
    resetMode()
  }

  mutating func startForeign(_ name: ElementName) {
    guard name.tag.breaksOutOfForeign else { return addForeign(name) }
    closeForeign()
    startTag(name)
  }

  /// Closes SVG and MathML up to the HTML around them or in them.
  private mutating func closeForeign() {
    while open.current.kind == .foreign { pop() }
  }

  private mutating func addForeign(_ name: ElementName) {
    if tokenizer.isSelfClosing { return addVoid(name) }
    guard let node = add(name, kind: kind(of: name)) else { return }
    if name.tag == .annotationXML,
      document.has(.encoding, among: ["text/html", "application/xhtml+xml"], node)
    {
      pop()
      push(node, name, kind: .htmlIntegration)
    }
  }

  private func kind(of name: ElementName) -> OpenElements.Kind {
    switch name.tag {
    case .mi, .mo, .mn, .ms, .mtext: .textIntegration
    case .foreignObject, .desc, .title: .htmlIntegration
    default: .foreign
    }
  }

  /// An end tag while an element of SVG or MathML is the innermost; false when HTML's rules apply to it.
  mutating func endForeign(_ name: ElementName) -> Bool {
    if name.tag == .p || name.tag == .br, open.current.kind == .foreign {
      closeForeign()
      return false
    }
    var position = open.count - 1
    while position > 0, open[position].kind != .html {
      if open[position].name == name {
        popThrough(position)
        return true
      }
      position -= 1
    }
    return false
  }
}
