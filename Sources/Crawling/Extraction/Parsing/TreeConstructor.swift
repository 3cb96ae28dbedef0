/// Builds the tree of a page from its tags by the rules of the HTML Standard (section 13.2.6), scripting off.
///
/// It departs from them where a page's text counts more than its looks: text and elements that stand wrongly in a table
/// stay where they are instead of moving before it; what is in `noscript`, SVG and MathML ends with it; an `a` that was
/// left open is not opened again in the blocks that follow, and no formatting element only for white space; framesets,
/// quirks and what selects may hold are not told apart. Every tag takes bounded time: at most ``limit`` elements are
/// open, and of what nests deeper the text alone is kept.
struct TreeConstructor {
  /// Which rules apply (13.2.4.1), as far as they differ here.
  enum Mode {
    case beforeHead, inHead, afterHead, inBody, inTable, inCaption, inColumnGroup, inTableBody, inRow, inCell
  }

  var tokenizer: HTMLTokenizer
  var document: DocumentBuilder
  var open = OpenElements()
  var formatting = FormattingElements()
  var mode = Mode.beforeHead
  var head: DocumentBuilder.Index?
  var form: DocumentBuilder.Index?
  /// How many templates are open.
  var templates = 0
  /// Elements nested too deeply, which were left out and whose end tags are still to come.
  var leftOut: [UInt64: Int] = [:]
  private let depth: Int
  /// The most elements that may be open at once.
  let limit: Int

  init(_ page: UnsafeBufferPointer<UInt8>, limits: ExtractionLimits) {
    tokenizer = HTMLTokenizer(page)
    document = DocumentBuilder(page, limit: limits.nodes)
    depth = limits.depth
    limit = max(limits.depth, 16)
    push(document.addElement(.html, [], to: 0), ElementName(.html))
  }

  /// Reads the whole page.
  mutating func run() -> HTMLTree {
    reading: while !document.isFull {
      tokenizer.allowsCDATA = open.current.kind != .html
      switch tokenizer.next() {
      case .text(let range, let literal): text(range, literal: literal)
      case .startTag(let name): startTag(name)
      case .endTag(let name): endTag(name)
      case .end: break reading
      }
    }
    return document.finish(depth: depth)
  }

  private mutating func text(_ range: Range<Int>, literal: Bool) {
    let isBlank = range.allSatisfy { ASCII.isSpace(tokenizer.page[$0]) }
    switch mode {
    case .beforeHead, .inHead, .afterHead:
      if isBlank { return }
      startBody()
    case .inColumnGroup where !isBlank: endColumnGroup()
    default: break
    }
    if !isBlank, open.current.kind != .foreign { reconstruct() }
    document.addText(range, literal: literal, to: open.current.node)
  }

  mutating func startTag(_ name: ElementName) {
    if isForeign(startTag: name) { return startForeign(name) }
    switch mode {
    case .beforeHead, .inHead, .afterHead: startInHead(name)
    case .inBody: startInBody(name)
    case .inTable, .inCaption, .inColumnGroup, .inTableBody, .inRow, .inCell: startInTable(name)
    }
  }

  private mutating func endTag(_ name: ElementName) {
    if let count = leftOut[name.hash.value] {
      leftOut[name.hash.value] = count > 1 ? count - 1 : nil
      return
    }
    if open.current.kind != .html, endForeign(name) { return }
    endHTML(name)
  }

  mutating func endHTML(_ name: ElementName) {
    switch mode {
    case .beforeHead, .inHead, .afterHead: endInHead(name)
    case .inBody: endInBody(name)
    case .inTable, .inCaption, .inColumnGroup, .inTableBody, .inRow, .inCell: endInTable(name)
    }
  }
}

// MARK: - Opening and closing elements

extension TreeConstructor {
  /// Adds an element that holds nothing.
  mutating func addVoid(_ name: ElementName) {
    _ = document.addElement(name.tag, tokenizer.attributes, to: open.current.node)
  }

  /// Adds an element with the last tag's attributes and opens it; nil when it is nested too deeply.
  @discardableResult
  mutating func add(_ name: ElementName, kind: OpenElements.Kind = .html) -> DocumentBuilder.Index? {
    // A table's rows and cells must fit as well: their rules count on each other.
    let room = name.tag == .table ? 4 : isTablePart(name.tag) ? -1 : 0
    guard open.count + room < limit else {
      leftOut[name.hash.value, default: 0] += 1
      return nil
    }
    let node = document.addElement(name.tag, tokenizer.attributes, to: open.current.node)
    push(node, name, kind: kind)
    if kind == .html, name.tag.isolatesFormatting { formatting.pushMarker(for: node) }
    return node
  }

  /// Adds an element that the page leaves out.
  mutating func addImplied(_ tag: Tag) {
    push(document.addElement(tag, [], to: open.current.node), ElementName(tag))
  }

  private func isTablePart(_ tag: Tag) -> Bool {
    switch tag {
    case .caption, .colgroup, .tbody, .thead, .tfoot, .tr, .td, .th: true
    default: false
    }
  }

  mutating func push(_ node: DocumentBuilder.Index, _ name: ElementName, kind: OpenElements.Kind = .html) {
    document.setOpen(node, true)
    open.push(OpenElements.Element(node: node, name: name, kind: kind))
  }

  /// Closes the innermost element.
  mutating func pop() { remove(at: open.count - 1) }

  /// Takes an element out of the open ones; `html` stays.
  mutating func remove(at position: Int) {
    guard position > 0 else { return }
    let element = open.remove(at: position)
    document.setOpen(element.node, false)
    if element.tag.isolatesFormatting { formatting.clear(from: element.node) }
    // What was left out was in the innermost element.
    if !leftOut.isEmpty { leftOut = [:] }
  }

  /// Closes elements up to the one at a position, that one too.
  mutating func popThrough(_ position: Int) {
    while open.count > max(position, 1) { pop() }
  }

  /// Adds an element whose content has no tags, with its text. `parent` is the current element unless given.
  mutating func addRaw(_ name: ElementName, literal: Bool, to parent: DocumentBuilder.Index? = nil) {
    let attributes = tokenizer.attributes
    guard let text = tokenizer.rawText(of: name) else { return }
    let node = document.addElement(name.tag, attributes, to: parent ?? open.current.node)
    document.addText(text, literal: literal, to: node)
  }

  /// Closes elements whose end tags may be left out, but for one kind (13.2.6.3).
  mutating func closeImplied(except tag: Tag? = nil) {
    while open.current.tag.hasOptionalEnd, open.current.tag != tag { pop() }
  }

  /// Closes the paragraph that is open, if any.
  mutating func closeParagraph() {
    guard let position = open.position(of: .p, in: .button) else { return }
    popThrough(position)
  }
}
