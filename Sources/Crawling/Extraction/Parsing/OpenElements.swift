/// The elements that are open (HTML Standard, 13.2.4.2), the innermost last.
struct OpenElements {
  /// How an element takes part in the rules.
  enum Kind: UInt8 {
    case html
    /// SVG or MathML.
    case foreign
    /// An element of MathML or SVG in which HTML stands; the first takes text and its mark-up, the second anything.
    case textIntegration, htmlIntegration
  }

  struct Element {
    var node: DocumentBuilder.Index
    let name: ElementName
    let kind: Kind

    /// The tag, for the rules that mean elements of HTML only.
    var tag: Tag { kind == .html ? name.tag : .other }
  }

  /// The scopes of the Standard: how far a search for an open element goes.
  enum Scope { case normal, listItem, button, table }

  private(set) var elements: [Element] = []
  /// How many paragraphs are open, since most searches are for one and most find none.
  private var paragraphs = 0

  var count: Int { elements.count }

  subscript(position: Int) -> Element { elements[position] }

  /// The innermost open element; `html` is never closed.
  var current: Element { elements[elements.count - 1] }

  mutating func push(_ element: Element) {
    if element.tag == .p { paragraphs += 1 }
    elements.append(element)
  }

  /// Takes the element at a position out.
  mutating func remove(at position: Int) -> Element {
    let element = elements.remove(at: position)
    if element.tag == .p { paragraphs -= 1 }
    return element
  }

  mutating func insert(_ element: Element, at position: Int) { elements.insert(element, at: position) }

  mutating func replaceNode(at position: Int, by node: DocumentBuilder.Index) { elements[position].node = node }

  /// The position of the innermost element of this name that is in scope.
  func position(of tag: Tag, in scope: Scope = .normal) -> Int? {
    if tag == .p, paragraphs == 0 { return nil }
    return position(in: scope) { $0 == tag }
  }

  /// The position of the innermost element that passes a test and is in scope.
  func position(in scope: Scope = .normal, where test: (Tag) -> Bool) -> Int? {
    var position = elements.count - 1
    while position > 0 {
      let element = elements[position]
      if test(element.tag) { return position }
      if Self.bounds(element, scope) { return nil }
      position -= 1
    }
    return nil
  }

  /// Whether the element at a position is in scope.
  func isInScope(_ position: Int) -> Bool {
    !elements[(position + 1)...].contains { Self.bounds($0, .normal) }
  }

  func has(_ tag: Tag, in scope: Scope = .normal) -> Bool { position(of: tag, in: scope) != nil }

  /// The position of a node, wherever it is.
  func position(ofNode node: DocumentBuilder.Index) -> Int? { elements.lastIndex { $0.node == node } }

  private static func bounds(_ element: Element, _ scope: Scope) -> Bool {
    switch element.kind {
    case .foreign: return false
    case .textIntegration, .htmlIntegration: return scope != .table
    case .html: break
    }
    switch element.tag {
    case .html, .table, .template: return true
    case .applet, .caption, .td, .th, .marquee, .object, .noscript: return scope != .table
    case .button: return scope == .button
    case .ol, .ul: return scope == .listItem
    default: return false
    }
  }
}

extension OpenElements {
  /// The position of the innermost element of this name, whatever is around it.
  func lastPosition(of tag: Tag) -> Int? { elements.lastIndex { $0.tag == tag } }

  /// The position of the innermost element of SVG or MathML with this name, whatever is around it.
  func lastPosition(ofForeign name: ElementName) -> Int? {
    elements.lastIndex { $0.kind == .foreign && $0.name == name }
  }
}
