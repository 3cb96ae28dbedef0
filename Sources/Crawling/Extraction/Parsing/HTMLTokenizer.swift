/// Parts a page into tags and runs of text, by the states of the HTML Standard (section 13.2.5) that matter for its
/// content. Comments, document types and processing instructions are passed over.
///
/// The page is valid UTF-8 without NUL bytes, so that NUL can stand for its end. Time is linear in the page's length,
/// whatever it holds. One departure from the Standard, by which truncated pages keep their text: what never ends (a
/// comment, a quoted value, a `textarea`) does not swallow the rest of the page.
struct HTMLTokenizer {
  /// A part of the page.
  enum Token {
    /// Text at these positions; `literal` when references in it mean nothing.
    case text(Range<Int>, literal: Bool)
    /// A start tag, with ``HTMLTokenizer/attributes`` and ``HTMLTokenizer/isSelfClosing``.
    case startTag(ElementName)
    case endTag(ElementName)
    /// The end of the page.
    case end
  }

  /// An attribute of the last start tag: its raw value is a range of the page.
  struct Attribute {
    let name: AttributeName
    let value: Range<Int>
  }

  let page: UnsafeBufferPointer<UInt8>
  var position = 0
  /// Those attributes of the last start tag that are read, without duplicates.
  var attributes: [Attribute] = []
  /// Whether the last start tag ended in `/>`.
  var isSelfClosing = false
  /// Whether the parser is inside SVG or MathML, where CDATA sections exist.
  var allowsCDATA = false
  /// What is known not to come any more behind ``position``.
  var missing = Missing()
  /// Where the next end tag of an element stands, as far as one has been searched for.
  var knownEnds: [Tag: Int] = [:]

  /// Ends that have been searched for in vain, so that no search for them is made twice.
  struct Missing {
    var commentEnd = false
    var cdataEnd = false
    var scriptEnd = false
    var quotes: Set<UInt8> = []
    var endTags: Set<Tag> = []
  }

  init(_ page: UnsafeBufferPointer<UInt8>) { self.page = page }

  /// The byte at a position; NUL behind the page's end.
  @inline(__always) subscript(index: Int) -> UInt8 { index < page.count ? page[index] : 0 }

  /// The first position of a byte at or behind another.
  func find(_ byte: UInt8, from start: Int) -> Int? {
    page.position(of: byte, in: min(start, page.count)..<page.count)
  }

  /// Whether the ASCII letters stand at the position, whatever their case; `word` is in lower case.
  func matches(_ word: StaticString, at start: Int) -> Bool {
    word.withUTF8Buffer { letters in
      for offset in 0..<letters.count where ASCII.lowercased(self[start + offset]) != letters[offset] { return false }
      return true
    }
  }

  /// The next token.
  mutating func next() -> Token {
    while position < page.count {
      guard page[position] == UInt8(ascii: "<"), opensMarkup(at: position) else { return textRun() }
      let second = self[position + 1]
      if second == UInt8(ascii: "!") {
        if let section = declaration() { return section }
      } else if second == UInt8(ascii: "?") {
        skipBogusComment()
      } else if second != UInt8(ascii: "/") {
        if let name = tag(from: position + 1) { return .startTag(name) }
      } else if ASCII.isLetter(self[position + 2]) {
        if let name = tag(from: position + 2) { return .endTag(name) }
      } else {
        skipBogusComment()
      }
    }
    return .end
  }

  /// All that is left, as text.
  mutating func rest() -> Range<Int> {
    defer { position = page.count }
    return position..<page.count
  }

  /// Passes over one line break, as the Standard wants it behind `pre` and `textarea`.
  mutating func skipLineBreak() {
    if self[position] == 0x0D { position += 1 }
    if self[position] == 0x0A { position += 1 }
  }

  /// Whether the `<` at a position begins something that is not text.
  private func opensMarkup(at index: Int) -> Bool {
    let second = self[index + 1]
    if second == UInt8(ascii: "/") { return index + 2 < page.count }
    return ASCII.isLetter(second) || second == UInt8(ascii: "!") || second == UInt8(ascii: "?")
  }

  private mutating func textRun() -> Token {
    let start = position
    var end = start
    repeat {
      end = find(UInt8(ascii: "<"), from: end + 1) ?? page.count
    } while end < page.count && !opensMarkup(at: end)
    position = end
    return .text(start..<end, literal: false)
  }

  /// Passes over `<!…`; gives the text of a CDATA section.
  private mutating func declaration() -> Token? {
    if self[position + 2] == UInt8(ascii: "-"), self[position + 3] == UInt8(ascii: "-") {
      skipComment()
    } else if allowsCDATA, matches("[cdata[", at: position + 2), let end = cdataEnd(from: position + 9) {
      let text = (position + 9)..<end
      position = end + 3
      return .text(text, literal: true)
    } else {
      skipBogusComment()
    }
    return nil
  }

  private mutating func cdataEnd(from start: Int) -> Int? {
    if missing.cdataEnd { return nil }
    var from = start
    while let bracket = find(UInt8(ascii: "]"), from: from) {
      if self[bracket + 1] == UInt8(ascii: "]"), self[bracket + 2] == UInt8(ascii: ">") { return bracket }
      from = bracket + 1
    }
    missing.cdataEnd = true
    return nil
  }

  /// Everything up to the next `>`.
  private mutating func skipBogusComment() {
    position = find(UInt8(ascii: ">"), from: position + 2).map { $0 + 1 } ?? page.count
  }

  /// A comment ends at `-->` or `--!>`; `<!-->` and `<!--->` are whole comments. Of one that never ends only the mark
  /// that opens it is passed over.
  private mutating func skipComment() {
    let start = position + 4
    position = start
    if self[start] == UInt8(ascii: ">") { return position += 1 }
    if self[start] == UInt8(ascii: "-"), self[start + 1] == UInt8(ascii: ">") { return position += 2 }
    if missing.commentEnd { return }
    var from = start + 2
    while let close = find(UInt8(ascii: ">"), from: from) {
      if endsComment(close, openedAt: start) { return position = close + 1 }
      from = close + 1
    }
    missing.commentEnd = true
  }

  private func endsComment(_ close: Int, openedAt start: Int) -> Bool {
    let dash = UInt8(ascii: "-")
    if self[close - 1] == dash { return self[close - 2] == dash }
    guard self[close - 1] == UInt8(ascii: "!"), close - 3 >= start else { return false }
    return self[close - 2] == dash && self[close - 3] == dash
  }
}
