extension BlockReader {
  /// A list; the notes among its items stand on their own.
  func listBlocks(_ list: HTMLTree.Index, ordered: Bool) -> [Block] {
    var items: [[Block]] = []
    var notes: [Block] = []
    var loose = Output()
    for child in tree.children(list) where !dropped[child] {
      let tag = tree.tag(child)
      if let label = footnotes.notes[child] {
        notes.append(.footnote(label: label, blocks(in: child)))
      } else if tag == .li {
        let inner = blocks(in: child)
        if !inner.isEmpty { items.append(inner) }
      } else if tag == .ul || tag == .ol {
        // A list directly inside a list belongs to the item before it.
        let inner = listBlocks(child, ordered: tag == .ol)
        if items.isEmpty { items.append(inner) } else { items[items.count - 1] += inner }
      } else if tag == .text {
        loose.line.text(tree.text(child))
      } else {
        let inner = blocks(in: child)
        if !inner.isEmpty { items.append(inner) }
      }
    }
    loose.endParagraph()
    let start = tree.string(.start, of: list).flatMap { Int($0) } ?? 1
    let body: [Block] =
      items.isEmpty ? [] : [.list(ordered: ordered, start: min(max(0, start), 999_999_999), items: items)]
    return loose.blocks + body + notes
  }

  /// A figure: its images with the caption, or what else it holds with the caption below.
  func figureBlocks(_ figure: HTMLTree.Index) -> [Block] {
    var caption: [Inline] = []
    var output = Output()
    for child in tree.children(figure) where !dropped[child] {
      if tree.tag(child) == .figcaption {
        caption = line(of: child)
      } else {
        read(child, &output)
      }
    }
    output.endParagraph()
    var found = output.blocks
    if holdsPicture(figure), content.statistics.counts[figure].characters < 400 {
      // Lines beside a picture are about it, whatever element they are in.
      found = found.flatMap { block -> [Block] in
        guard case .paragraph(let parts) = block else { return [block] }
        var images: [Block] = []
        if !caption.isEmpty { caption.append(.text(" ")) }
        for part in parts {
          if case .image(let alt, let address) = part {
            images.append(.image(alt: alt, address: address, caption: []))
          } else {
            caption.append(part)
          }
        }
        return images
      }
    }
    // A caption whose image cannot be shown says nothing.
    if caption.isBlank || found.isEmpty { return found }
    if let last = found.lastIndex(where: { if case .image = $0 { true } else { false } }),
      case .image(let alt, let address, let own) = found[last], own.isEmpty
    {
      found[last] = .image(alt: alt, address: address, caption: caption)
      return found
    }
    return found + [.paragraph(caption)]
  }

  /// Whether an element holds a picture or a film, shown or not.
  func holdsPicture(_ index: HTMLTree.Index) -> Bool {
    tree.descendants(index).prefix(60).contains {
      [.img, .picture, .video, .svg, .iframe, .noscript].contains(tree.tag($0))
    }
  }

  /// A table as rows of cells, after what stands beside them; or, when it only lays out the page, all that is in it.
  func tableBlocks(_ table: HTMLTree.Index) -> [Block] {
    let rows = tableRows(table)
    var output = Output()
    guard isData(table, rows) else {
      readLayout(of: table, withCells: true, &output)
      return output.blocks
    }
    readLayout(of: table, withCells: false, &output)
    var cells = self.cells(of: rows).filter { !$0.allSatisfy(\.isBlank) }
    let width = cells.map(\.count).max() ?? 0
    // GitHub's tables may have short rows; of one that is made to be large they stay so.
    if width * cells.count <= Self.mostCells {
      for row in cells.indices { cells[row] += Array(repeating: [], count: width - cells[row].count) }
    }
    let caption = tree.children(table).first { tree.tag($0) == .caption && !dropped[$0] }.map { line(of: $0) } ?? []
    let body: [Block] = cells.isEmpty ? [] : [.table(cells)]
    return output.blocks + (caption.isBlank ? body : [.paragraph(caption)] + body)
  }

  /// Reads the parts of a table in order, each cell as a block: those of a layout with the cells, those of data without
  /// cells and caption, which leaves what the page put beside them by mistake.
  private func readLayout(of container: HTMLTree.Index, withCells: Bool, _ output: inout Output) {
    for child in tree.children(container) where !dropped[child] {
      switch tree.tag(child) {
      case .tbody, .thead, .tfoot, .tr: readLayout(of: child, withCells: withCells, &output)
      case .td, .th, .caption:
        output.endParagraph()
        if withCells { readChildren(of: child, &output) }
        output.endParagraph()
      default: read(child, &output)
      }
    }
    output.endParagraph()
  }

  /// The most columns and rows that one cell spans.
  private static let longestSpan = 50
  /// The most cells that are added to a table for its shape.
  private static let mostCells = 200_000

  /// The cells of each row. A cell that spans columns is followed by empty ones; one that spans rows leaves empty ones
  /// in those below, so that columns stay columns (HTML Standard, section 4.9.12).
  private func cells(of rows: [[HTMLTree.Index]]) -> [[[Inline]]] {
    // How many more rows each column is taken by a cell above.
    var taken: [Int] = []
    var added = 0
    return rows.map { row in
      var cells: [[Inline]] = []
      func skipTaken() {
        while cells.count < taken.count, taken[cells.count] > 0 {
          taken[cells.count] -= 1
          cells.append([])
        }
      }
      for cell in row {
        skipTaken()
        var (columns, rows) = (span(.colspan, of: cell), span(.rowspan, of: cell))
        if added + columns * rows > Self.mostCells { (columns, rows) = (1, 1) }
        added += columns * rows - 1
        for offset in 0..<columns {
          if cells.count >= taken.count { taken.append(0) }
          taken[cells.count] = rows - 1
          cells.append(offset == 0 ? line(of: cell) : [])
        }
      }
      skipTaken()
      return cells
    }
  }

  private func span(_ name: AttributeName, of cell: HTMLTree.Index) -> Int {
    min(max(tree.string(name, of: cell).flatMap { Int($0) } ?? 1, 1), Self.longestSpan)
  }

  private func tableRows(_ table: HTMLTree.Index) -> [[HTMLTree.Index]] {
    var rows: [[HTMLTree.Index]] = []
    var index = table + 1
    while index < Int(tree.nodes[table].end) {
      let tag = tree.tag(index)
      if dropped[index] || tag == .table {
        index = Int(tree.nodes[index].end)
      } else if tag == .tr {
        rows.append(tree.children(index).filter { [.td, .th].contains(tree.tag($0)) && !dropped[$0] })
        index = Int(tree.nodes[index].end)
      } else {
        index += 1
      }
    }
    return rows.filter { !$0.isEmpty }
  }

  /// Whether a table holds data: at least two rows and columns of cells without blocks of their own.
  private func isData(_ table: HTMLTree.Index, _ rows: [[HTMLTree.Index]]) -> Bool {
    if let role = tree.string(.role, of: table), role == "presentation" || role == "none" { return false }
    guard rows.count > 1, rows.contains(where: { $0.count > 1 }) else { return false }
    var cell = table
    var paragraphs = 0
    for index in tree.descendants(table) where !dropped[index] {
      switch tree.tag(index) {
      case .table, .pre, .h1, .h2, .h3, .blockquote, .form: return false
      case .td:
        cell = index
        paragraphs = 0
      case .p where tree.contains(cell, index):
        paragraphs += 1
        if paragraphs > 2 { return false }
      default: continue
      }
    }
    return true
  }
}
