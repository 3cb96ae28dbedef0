/// Start tags in the body (13.2.6.4.7).
extension TreeConstructor {
  mutating func startInBody(_ name: ElementName) {
    let tag = name.tag
    if tag.isFormatting { return startFormatting(name) }
    if tag.isPlainBlock { return startBlock(name) }
    if tag.isMetadata { return addMetadata(name) }
    if tag.isVoid, tag != .hr, tag != .col, tag != .frame { return addBodyVoid(name) }
    switch tag {
    case .p:
      closeParagraph()
      add(name)
    case .li: startItem(name) { $0 == .li }
    case .dd, .dt: startItem(name) { $0 == .dd || $0 == .dt }
    case .h1, .h2, .h3, .h4, .h5, .h6:
      closeParagraph()
      if open.current.tag.headingLevel != nil { pop() }
      add(name)
    case .hr:
      closeParagraph()
      addVoid(name)
    case .html: document.setAttributes(tokenizer.attributes, of: open[0].node)
    case .body where open.count > 1 && open[1].tag == .body:
      document.setAttributes(tokenizer.attributes, of: open[1].node)
    case .head, .body: break
    case .form: startForm(name)
    case .table:
      closeParagraph()
      if add(name) != nil { mode = .inTable }
    case .caption, .col, .colgroup, .tbody, .td, .tfoot, .th, .thead, .tr, .frame: startStrayPart(name)
    default: startOther(name)
    }
  }

  private mutating func startOther(_ name: ElementName) {
    switch name.tag {
    case .button: startButton(name)
    case .select, .option, .optgroup: startChoice(name)
    case .math, .svg: startEmbedded(name)
    case .noscript: startNoscript(name)
    case .plaintext, .xmp, .textarea, .iframe, .noembed: startRaw(name)
    case .rb, .rtc:
      if open.has(.ruby) { closeImplied() }
      add(name)
    case .rp, .rt:
      if open.has(.ruby) { closeImplied(except: .rtc) }
      add(name)
    default:
      reconstruct()
      add(name)
    }
  }

  private mutating func startBlock(_ name: ElementName) {
    closeParagraph()
    add(name)
    if name.tag == .pre || name.tag == .listing { tokenizer.skipLineBreak() }
  }

  private mutating func addBodyVoid(_ name: ElementName) {
    switch name.tag {
    case .param, .source, .track: break
    default: reconstruct()
    }
    addVoid(name.tag == .image ? ElementName(.img) : name)
  }

  /// A list's item ends the one before it, unless a list or another block was opened in that.
  private mutating func startItem(_ name: ElementName, ending isItem: (Tag) -> Bool) {
    var position = open.count - 1
    while position > 0 {
      let element = open[position]
      if isItem(element.tag) {
        closeImplied(except: element.tag)
        popThrough(position)
        break
      }
      if element.kind != .html && element.kind != .foreign { break }
      if element.tag.isSpecial, element.tag != .address, element.tag != .div, element.tag != .p { break }
      position -= 1
    }
    closeParagraph()
    add(name)
  }

  private mutating func startForm(_ name: ElementName) {
    if form != nil, templates == 0 { return }
    closeParagraph()
    let node = add(name)
    if templates == 0 { form = node }
  }

  private mutating func startButton(_ name: ElementName) {
    if let position = open.position(of: .button) {
      closeImplied()
      popThrough(position)
    }
    reconstruct()
    add(name)
  }

  /// Selects and their options, which end those of their kind before them.
  private mutating func startChoice(_ name: ElementName) {
    switch name.tag {
    case .select:
      if let position = open.position(of: .select) { return popThrough(position) }
    case .optgroup: while open.current.tag == .option || open.current.tag == .optgroup { pop() }
    default: if open.current.tag == .option { pop() }
    }
    reconstruct()
    add(name)
  }

  private mutating func startNoscript(_ name: ElementName) {
    guard tokenizer.hasEndTag(name) else { return }
    reconstruct()
    add(name)
  }

  /// Elements whose content has no tags.
  private mutating func startRaw(_ name: ElementName) {
    switch name.tag {
    case .plaintext:
      closeParagraph()
      guard let node = add(name) else { return }
      return document.addText(tokenizer.rest(), literal: true, to: node)
    case .textarea: tokenizer.skipLineBreak()
    case .xmp:
      closeParagraph()
      reconstruct()
    default: break
    }
    addRaw(name, literal: name.tag != .textarea)
  }

  /// Parts of tables and framesets count only inside a template, where any may stand.
  private mutating func startStrayPart(_ name: ElementName) {
    if name.tag == .frame { return addVoid(name) }
    guard templates > 0 else { return }
    if name.tag == .col { addVoid(name) } else { add(name) }
  }
}
