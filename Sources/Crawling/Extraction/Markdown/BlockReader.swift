/// Reads the content of a page as blocks. The recursion is bounded, since the tree's depth is.
struct BlockReader {
  let tree: HTMLTree
  let content: ContentFinder.Content
  let dropped: DropMask
  let addresses: Addresses
  let footnotes: Footnotes
  let images: ImageReader

  /// What has been read of one container: finished blocks and the line that is being collected.
  struct Output {
    var blocks: [Block] = []
    var line = InlineCollector()

    /// Ends the line, as a paragraph.
    mutating func endParagraph() {
      let parts = line.take()
      if parts.isBlank { return }
      if parts.count == 1, case .image(let alt, let address) = parts[0] {
        blocks.append(.image(alt: alt, address: address, caption: []))
      } else if parts.count == 1, case .math(let tex) = parts[0], tex.utf8.count > 40 {
        blocks.append(.math(tex))
      } else {
        blocks.append(.paragraph(parts))
      }
    }

    /// Whether the last block is an image without a caption.
    var takesCaption: Bool {
      if case .image(_, _, let caption) = blocks.last { caption.isEmpty } else { false }
    }

    /// Gives the image that came last its caption.
    mutating func addCaption(_ caption: [Inline]) {
      guard case .image(let alt, let address, _) = blocks.last, !caption.isBlank else { return }
      blocks[blocks.count - 1] = .image(alt: alt, address: address, caption: caption)
    }

    mutating func append(_ block: Block) {
      endParagraph()
      blocks.append(block)
    }

    mutating func append(contentsOf more: [Block]) {
      endParagraph()
      blocks += more
    }
  }

  init(tree: HTMLTree, content: ContentFinder.Content, root: HTMLTree.Index, addresses: Addresses) {
    self.tree = tree
    self.content = content
    dropped = content.dropped
    self.addresses = addresses
    footnotes = Footnotes(tree, in: root, dropped: content.dropped)
    images = ImageReader(tree: tree, addresses: addresses)
  }

  /// The blocks inside one element.
  func blocks(in container: HTMLTree.Index) -> [Block] {
    var output = Output()
    readChildren(of: container, &output)
    output.endParagraph()
    return output.blocks
  }

  func readChildren(of container: HTMLTree.Index, _ output: inout Output) {
    for child in tree.children(container) where !dropped[child] { read(child, &output) }
  }

  /// Reads one node with what is in it.
  func read(_ index: HTMLTree.Index, _ output: inout Output) {
    let tag = tree.tag(index)
    if tag == .text {
      output.line.text(tree.text(index))
    } else if let label = footnotes.notes[index] {
      output.append(.footnote(label: label, blocks(in: index)))
    } else if content.hints[index].contains(.linkCard) {
      if let card = linkCard(index) { output.append(card) }
    } else if tag.isBlock {
      readBlock(index, tag, &output)
    } else {
      readInline(index, tag, &output)
    }
  }

  private func readBlock(_ index: HTMLTree.Index, _ tag: Tag, _ output: inout Output) {
    switch tag {
    case .h1, .h2, .h3, .h4, .h5, .h6:
      output.endParagraph()
      readHeading(index, level: tag.headingLevel ?? 2, &output)
    case .ul, .ol, .menu, .dir:
      output.append(contentsOf: listBlocks(index, ordered: tag == .ol))
    case .blockquote:
      let inner = blocks(in: index)
      if !inner.isEmpty { output.append(.quote(inner)) } else { output.endParagraph() }
    case .pre, .listing, .xmp:
      output.endParagraph()
      if let code = CodeReader(tree: tree, dropped: dropped).read(index) { output.append(code) }
    case .table: output.append(contentsOf: tableBlocks(index))
    case .hr: output.append(.rule)
    case .figure: output.append(contentsOf: figureBlocks(index))
    case .dt:
      let inner = line(of: index)
      if !inner.isBlank { output.append(.paragraph([.styled(.strong, inner)])) }
    default:
      output.endParagraph()
      if isCaption(index, tag), output.takesCaption {
        output.addCaption(line(of: index))
      } else if isCaption(index, tag), tag != .figcaption, standsBesidePicture(index) {
        // The picture cannot be shown; what is said about it says nothing.
        return
      } else {
        readChildren(of: index, &output)
        output.endParagraph()
      }
    }
  }

  /// Whether an element says by its name that it is the caption of the image before it.
  private func isCaption(_ index: HTMLTree.Index, _ tag: Tag) -> Bool {
    (tag == .figcaption || content.hints[index].contains(.caption))
      && tree.first(.img, in: index) == nil && content.statistics.counts[index].characters < 400
  }

  /// Whether one of the elements before an element holds a picture.
  private func standsBesidePicture(_ index: HTMLTree.Index) -> Bool {
    let parent = tree.parent(index)
    guard parent > 0 else { return false }
    return (max(parent + 1, index - 24)..<index).contains { [.img, .picture, .video, .svg].contains(tree.tag($0)) }
  }

  private func readHeading(_ index: HTMLTree.Index, level: Int, _ output: inout Output) {
    // A heading around paragraphs or lists is a layout, not a heading.
    if tree.descendants(index).contains(where: {
      [.p, .ul, .ol, .table, .pre, .blockquote].contains(tree.tag($0)) && !dropped[$0]
    }),
      tree.lineText(index).utf8.count > 200
    {
      readChildren(of: index, &output)
      return output.endParagraph()
    }
    let parts = line(of: index)
    if !parts.plain.utf8.allSatisfy(ASCII.isSpace) { output.append(.heading(level: level, parts)) }
  }

  private func readInline(_ index: HTMLTree.Index, _ tag: Tag, _ output: inout Output) {
    switch tag {
    case .br: if output.line.lineBreak() { output.endParagraph() }
    case .img: if let image = images.read(index) { output.line.append(.image(alt: image.alt, address: image.address)) }
    case .math: readMath(MathReader.tex(tree, index), isDisplay: MathReader.isDisplay(tree, index), &output)
    case .script: readMath(tree.lineText(index), isDisplay: MathReader.isDisplayScript(tree, index), &output)
    case .code, .tt, .kbd, .samp: readCode(index, &output)
    case .source, .track, .col, .colgroup, .wbr, .rp: break
    case .rt: break
    default:
      // An inline element around blocks only groups them.
      if holdsBlocks(index) { return readChildren(of: index, &output) }
      readStyled(index, tag, &output)
    }
  }

  private func readStyled(_ index: HTMLTree.Index, _ tag: Tag, _ output: inout Output) {
    switch tag {
    case .strong, .b: wrap(index, &output) { .styled(.strong, $0) }
    case .em, .i, .cite, .dfn, .var: wrap(index, &output) { .styled(.emphasis, $0) }
    case .s, .del, .strike: wrap(index, &output) { .styled(.strike, $0) }
    case .a: readAnchor(index, &output)
    case .q:
      output.line.text("\u{201C}".utf8.slice)
      readChildren(of: index, &output)
      output.line.text("\u{201D}".utf8.slice)
    default: readChildren(of: index, &output)
    }
  }

  private func wrap(_ index: HTMLTree.Index, _ output: inout Output, _ wrap: ([Inline]) -> Inline) {
    output.line.open()
    readChildren(of: index, &output)
    output.line.close { $0.isBlank ? .text($0.plain) : wrap($0) }
  }

  private func readAnchor(_ index: HTMLTree.Index, _ output: inout Output) {
    if footnotes.returns.contains(index) { return }
    if let label = footnotes.references[index] { return output.line.append(.footnote(label: label)) }
    guard let target = tree.string(.href, of: index), !target.hasPrefix("#"), let address = addresses.absolute(target)
    else { return readChildren(of: index, &output) }
    wrap(index, &output) { parts in
      // The link around an image mostly leads to the same image.
      if parts.count == 1, case .image = parts[0] { return parts[0] }
      return .link(address: address, parts)
    }
  }

  private func readCode(_ index: HTMLTree.Index, _ output: inout Output) {
    if tree.first(.pre, in: index) != nil { return readChildren(of: index, &output) }
    if tree.tag(tree.parent(index)) == .body || isAloneWithLines(index) {
      if let code = CodeReader(tree: tree, dropped: dropped).read(index) { return output.append(code) }
    }
    let text = tree.lineText(index)
    if !text.isEmpty {
      output.line.text(Self.leadingSpace(tree.rawText(index)))
      output.line.append(.code(text))
      output.line.text(Self.leadingSpace(tree.rawText(index).reversed()))
    }
  }

  private static func leadingSpace(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.first.map(ASCII.isSpace) == true ? [0x20] : []
  }

  /// Whether a `code` element has lines of its own, with breaks between them, and nothing beside it.
  private func isAloneWithLines(_ index: HTMLTree.Index) -> Bool {
    guard tree.tag(index) == .code, tree.first(.br, in: index) != nil else { return false }
    return tree.children(tree.parent(index)).allSatisfy { sibling in
      sibling == index || tree.tag(sibling) == .text && tree.text(sibling).allSatisfy(ASCII.isSpace)
    }
  }

  private func readMath(_ tex: String, isDisplay: Bool, _ output: inout Output) {
    guard !tex.isEmpty else { return }
    if isDisplay { output.append(.math(tex)) } else { output.line.append(.math(tex)) }
  }

  func holdsBlocks(_ index: HTMLTree.Index) -> Bool {
    tree.descendants(index).contains { tree.tag($0).isBlock && !dropped[$0] }
  }

  /// Everything in an element on one line, blocks inside it parted by spaces.
  func line(of index: HTMLTree.Index) -> [Inline] {
    var output = Output()
    readChildren(of: index, &output)
    if output.blocks.isEmpty { return output.line.take() }
    output.endParagraph()
    return output.blocks.reduce(into: []) { all, block in
      let parts = block.line
      if !all.isEmpty, !parts.isEmpty { all.append(.text(" ")) }
      all += parts
    }
  }

  /// A card that previews another page: one link, named by its heading.
  private func linkCard(_ index: HTMLTree.Index) -> Block? {
    let anchors = tree.descendants(index).filter { tree.tag($0) == .a }
    guard let anchor = anchors.first, let target = tree.string(.href, of: anchor), let address = addresses.web(target)
    else { return nil }
    let title = tree.descendants(index).first { [.strong, .h2, .h3, .h4].contains(tree.tag($0)) }
    let text = tree.lineText(title ?? anchor)
    return .paragraph([.link(address: address, [.text(text.isEmpty ? address : text)])])
  }
}

extension Block {
  /// The block's text on one line, for places where blocks cannot stand.
  var line: [Inline] {
    switch self {
    case .heading(_, let parts), .paragraph(let parts): parts
    case .list(_, _, let items):
      Array(items.map { $0.flatMap(\.line) }.joined(separator: [.text("; ")]))
    case .quote(let blocks), .footnote(_, let blocks): blocks.flatMap(\.line)
    case .code(_, let text): [.code(text.replacing("\n", with: " "))]
    case .table(let rows): Array(rows.flatMap { $0 }.joined(separator: [.text(" ")]))
    case .image(let alt, let address, let caption): [.image(alt: alt, address: address)] + caption
    case .math(let tex): [.math(tex)]
    case .rule: []
    }
  }
}

extension String.UTF8View {
  /// The bytes as a slice of an array.
  var slice: ArraySlice<UInt8> { Array(self)[...] }
}
