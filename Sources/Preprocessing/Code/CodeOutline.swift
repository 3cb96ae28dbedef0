/// A stretch of source code that should stay whole: a declaration with what stands before it about it, or statements
/// without a blank line between.
struct CodeUnit: Equatable {
  /// Its lines, by number.
  var lines: Range<Int>
  /// How many bodies it lies in.
  var depth: Int
  /// Its bytes, from the start of its first line to the end of its last that is not blank.
  var range: Range<Int>
  /// The line that says what it is, by number: the first that is no comment or attribute.
  var header: Int
}

/// The units of a piece of source code, and the units within those.
struct CodeOutline {
  private let bytes: [UInt8]
  private let lines: [CodeLine]

  /// How often a unit within a unit is taken apart; what is nested deeper is cut at blank lines and lines.
  static let deepest = 8

  init(_ bytes: [UInt8], _ range: Range<Int>, _ language: CodeLanguage) {
    self.bytes = bytes
    lines = CodeScanner.lines(of: bytes, range, language)
  }

  /// The units of the whole, in order.
  var units: [CodeUnit] { units(in: 0..<lines.count, depth: 0) }

  /// The units within a unit, in order: first its header with what is said about it. None if it has no body.
  func parts(of unit: CodeUnit) -> [CodeUnit] {
    let body = lines[unit.lines].filter { $0.kind != .blank && $0.kind != .continued && $0.depth > unit.depth }
    guard let depth = body.map(\.depth).min(), unit.depth < Self.deepest * 2 else { return [] }
    let parts = units(in: unit.lines, depth: depth)
    return parts.count > 1 ? parts : []
  }

  /// What a unit is called: the line that declares it, without its body and what is in its parentheses; nil for a loop and
  /// the like.
  func title(of unit: CodeUnit) -> String? {
    let line = lines[unit.header]
    let next = lines[(unit.header + 1)..<unit.lines.upperBound].first { $0.kind != .blank && $0.kind != .continued }
    guard line.kind == .declaration || next.map({ $0.depth > line.depth }) == true else { return nil }
    var text = bytes[line.range].prefix(400)[...]
    text = text.drop { $0.isASCIISpace }
    let word = String(decoding: text.prefix { isWordByte($0) }, as: UTF8.self)
    guard !Self.statements.contains(word) else { return nil }
    // The parentheses of parameters follow a name; those of a receiver of Go follow a space.
    if let open = text.indices.first(where: { index in
      text[index] == UInt8(ascii: "(") && index > text.startIndex && isNameEnd(text[index - 1])
    }) {
      let name = String(String(decoding: text[..<open], as: UTF8.self).unicodeScalars.prefix(80))
      let next = open + 1 < text.endIndex ? text[open + 1] : 0
      return name + (next == UInt8(ascii: ")") ? "()" : "(…)")
    }
    while let last = text.last, last.isASCIISpace || "{:=([".utf8.contains(last) { text = text.dropLast() }
    let title = String(String(decoding: text, as: UTF8.self).unicodeScalars.prefix(80))
    return title.isEmpty ? nil : title
  }

  private static let statements: Set<String> = [
    "if", "for", "foreach", "while", "until", "unless", "switch", "do", "try", "guard", "else", "case", "match", "with",
    "repeat", "return", "begin", "loop", "defer", "using", "lock", "select", "when", "import", "include", "throw",
  ]

  private func isNameEnd(_ byte: UInt8) -> Bool { isWordByte(byte) || byte == UInt8(ascii: ">") }

  /// Where units begin: at declarations, after blank lines and after the ends of bodies; what is said about a unit in
  /// comments and attributes right above it belongs to it.
  private func units(in range: Range<Int>, depth: Int) -> [CodeUnit] {
    var units: [CodeUnit] = []
    var (start, header) = (range.lowerBound, range.lowerBound)
    var isHeaderKnown = false
    var lead: Int?
    // Whether the lines before allow a unit to begin here, and at the lines of `lead`.
    var (mayBegin, mayLeadBegin) = (false, false)
    func close(before next: Int) {
      if let unit = unit(start..<next, depth, header) { units.append(unit) }
      (start, header, isHeaderKnown) = (next, next, false)
    }
    for index in range {
      let line = lines[index]
      switch line.kind {
      case .blank:
        if let first = lead, mayLeadBegin, first > start { close(before: first) }
        lead = nil
        mayBegin = true
      case .continued: lead = nil
      case _ where line.depth != depth:
        // What is deeper is a body; what is less deep is the header of that which is taken apart.
        if line.depth > depth { mayBegin = true }
        if !isHeaderKnown, line.kind != .leading { (header, isHeaderKnown) = (index, true) }
        lead = nil
      case .closing:
        mayBegin = true
        lead = nil
      case .leading:
        if lead == nil { (lead, mayLeadBegin) = (index, mayBegin) }
      case .declaration, .statement:
        let first = lead ?? index
        let begins = line.kind == .declaration || (lead == nil ? mayBegin : mayLeadBegin)
        if begins, first > start { close(before: first) }
        if !isHeaderKnown { (header, isHeaderKnown) = (index, true) }
        (lead, mayBegin) = (nil, false)
      }
    }
    close(before: range.upperBound)
    return units
  }

  /// The unit of some lines; nil if they are blank.
  private func unit(_ range: Range<Int>, _ depth: Int, _ header: Int) -> CodeUnit? {
    guard let last = range.last(where: { lines[$0].kind != .blank }), let first = range.first else { return nil }
    let end = bytes[lines[first].range.lowerBound..<lines[last].range.upperBound].lastIndex { !$0.isASCIISpace }
    guard let end else { return nil }
    return CodeUnit(
      lines: range, depth: depth, range: lines[first].range.lowerBound..<(end + 1), header: max(header, first))
  }
}
