/// Tables (13.2.6.4.9 to 13.2.6.4.15). What may not stand in a table is read as in the body and stays where it stands.
extension TreeConstructor {
  mutating func startInTable(_ name: ElementName) {
    switch name.tag {
    case .caption, .colgroup, .col, .tbody, .thead, .tfoot, .tr, .td, .th: startTablePart(name)
    case .table where mode != .inCell && mode != .inCaption: startNextTable(name)
    case .form where mode != .inCell && mode != .inCaption: startTableForm(name)
    default:
      if mode == .inColumnGroup, name.tag != .template { endColumnGroup() }
      startInBody(name)
    }
  }

  mutating func endInTable(_ name: ElementName) {
    switch name.tag {
    case .table: endTable()
    case .tbody, .thead, .tfoot:
      if closeTablePart(where: { $0 == name.tag }) { mode = .inTable }
    case .tr:
      if closeTablePart(where: { $0 == .tr }) { mode = .inTableBody }
    case .td, .th:
      if mode == .inCell, open.has(name.tag, in: .table) { closeCell(name.tag) }
    case .caption: if mode == .inCaption { closeCaption() }
    case .colgroup: endColumnGroup()
    case .col, .body, .html: break
    default:
      if mode == .inColumnGroup, name.tag != .template { endColumnGroup() }
      endInBody(name)
    }
  }

  /// Begins a caption, a group, a row or a cell, after closing what may not be around it and adding what must.
  private mutating func startTablePart(_ name: ElementName) {
    let tag = name.tag
    if mode == .inCell, !closeCell() { return }
    if mode == .inCaption { closeCaption() }
    if tag == .col, mode == .inColumnGroup { return addVoid(name) }
    endColumnGroup()
    switch tag {
    case .td, .th:
      prepareRow()
      clear { $0 == .tr }
      add(name)
      mode = .inCell
    case .tr:
      prepareBody()
      clear { $0.isRowGroup }
      add(name)
      mode = .inRow
    default:
      clear { _ in false }
      startTableGroup(name)
    }
  }

  private mutating func startTableGroup(_ name: ElementName) {
    switch name.tag {
    case .caption:
      add(name)
      mode = .inCaption
    case .col:
      addImplied(.colgroup)
      addVoid(name)
      mode = .inColumnGroup
    case .colgroup:
      add(name)
      mode = .inColumnGroup
    default:
      add(name)
      mode = .inTableBody
    }
  }

  /// Makes sure that a group of rows is open.
  private mutating func prepareBody() {
    if mode == .inRow || mode == .inTableBody { return }
    clear { _ in false }
    addImplied(.tbody)
    mode = .inTableBody
  }

  /// Makes sure that a row is open.
  private mutating func prepareRow() {
    if mode == .inRow { return }
    prepareBody()
    clear { $0.isRowGroup }
    addImplied(.tr)
    mode = .inRow
  }

  /// Closes what is open in the innermost table, or in the innermost of the parts that pass the test.
  private mutating func clear(backTo isContext: (Tag) -> Bool) {
    while open.count > 1 {
      let tag = open.current.tag
      if tag == .table || tag == .template || tag == .body || isContext(tag) { return }
      pop()
    }
  }

  /// A table in a table, but in no cell of it, ends that.
  private mutating func startNextTable(_ name: ElementName) {
    guard open.has(.table, in: .table) else { return startInBody(name) }
    endTable()
    startTag(name)
  }

  /// A form around the rows of a table holds nothing.
  private mutating func startTableForm(_ name: ElementName) {
    guard form == nil, templates == 0, let node = add(name) else { return }
    form = node
    pop()
  }

  private mutating func endTable() {
    guard open.has(.table, in: .table) else { return }
    if mode == .inCell, !closeCell() { return }
    if mode == .inCaption { closeCaption() }
    guard let position = open.position(of: .table, in: .table) else { return }
    popThrough(position)
    resetMode()
  }

  /// Ends the group or row that passes a test, with the cell in it; whether there was one.
  private mutating func closeTablePart(where test: (Tag) -> Bool) -> Bool {
    guard open.position(in: .table, where: test) != nil else { return false }
    if mode == .inCell, !closeCell() { return false }
    guard let position = open.position(in: .table, where: test) else { return false }
    popThrough(position)
    return true
  }

  /// Closes the open cell; false when there is none.
  @discardableResult
  private mutating func closeCell(_ tag: Tag? = nil) -> Bool {
    let cells: [Tag] = tag.map { [$0] } ?? [.td, .th]
    guard let position = open.position(in: .table, where: cells.contains) else { return false }
    popThrough(position)
    mode = .inRow
    return true
  }

  private mutating func closeCaption() {
    guard let position = open.position(of: .caption, in: .table) else { return }
    popThrough(position)
    mode = .inTable
  }

  mutating func endColumnGroup() {
    guard mode == .inColumnGroup else { return }
    if open.current.tag == .colgroup { pop() }
    mode = .inTable
  }
}

extension Tag {
  /// Groups of a table's rows.
  fileprivate var isRowGroup: Bool { self == .tbody || self == .thead || self == .tfoot }
}
