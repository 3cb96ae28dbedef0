/// One line of a source file.
struct CodeLine {
  /// Its bytes, without its line feed.
  var range: Range<Int>
  /// How many bodies it lies in.
  var depth: Int
  /// What it is by itself.
  var kind: Kind

  enum Kind {
    case blank
    /// Nothing but a comment, or an attribute or decorator: it belongs to what follows it.
    case leading
    /// It begins inside a string or expression of the line before, or goes on with its statement.
    case continued
    /// It begins with what closes a body.
    case closing
    /// It begins a declaration.
    case declaration
    /// It begins anything else.
    case statement
  }
}

/// Goes through source code and tells for each line how deep it lies; what stands in comments and strings does not count.
///
/// It knows no grammar: what it takes wrongly, such as brackets in a regular expression, makes a cut at a worse place, and
/// nothing else. Time is linear in the text.
struct CodeScanner {
  private let bytes: [UInt8]
  private let end: Int
  private let language: CodeLanguage
  private var position: Int
  /// How many brackets are open.
  private var brackets = 0
  /// The widths of the indentations that are open, where they make bodies.
  private var indentations: [Int] = []
  private var inside = Inside.code

  private enum Inside {
    case code
    case comment(depth: Int)
    /// A string that ends at so many of a quote, followed by so many number signs.
    case string(quote: UInt8, count: Int, signs: Int, escape: Bool)
  }

  /// The lines of a part of a text that begins where a line does.
  static func lines(of bytes: [UInt8], _ range: Range<Int>, _ language: CodeLanguage) -> [CodeLine] {
    var scanner = CodeScanner(bytes, range, language)
    return scanner.lines()
  }

  private init(_ bytes: [UInt8], _ range: Range<Int>, _ language: CodeLanguage) {
    (self.bytes, end, self.language, position) = (bytes, range.upperBound, language, range.lowerBound)
  }

  private mutating func lines() -> [CodeLine] {
    var lines: [CodeLine] = []
    // The comments since the last line that was none, and how far they are indented.
    var comments: [(index: Int, width: Int)] = []
    while position < end {
      let start = position
      let before = inside
      let open = brackets
      var first = start
      while first < end, bytes[first].isBlank || bytes[first] == ASCII.carriageReturn { first += 1 }
      var kind = kind(at: first, before, open)
      readLine()
      let line = start..<position
      position += 1
      if kind == .statement, declares(first..<line.upperBound) { kind = .declaration }
      let width = first - start
      if language.nesting == .indentation, kind == .leading, bytes[first] != UInt8(ascii: "@") {
        // A comment opens and closes no body; it lies where what it stands above does.
        lines.append(CodeLine(range: line, depth: max(0, indentations.count - 1), kind: kind))
        comments.append((lines.count - 1, width))
        continue
      }
      lines.append(CodeLine(range: line, depth: depth(kind, width, open), kind: kind))
      if kind != .blank, kind != .continued {
        for comment in comments where comment.width == width {
          lines[comment.index].depth = lines[lines.count - 1].depth
        }
        comments = []
      }
    }
    return lines
  }

  private mutating func depth(_ kind: CodeLine.Kind, _ width: Int, _ open: Int) -> Int {
    guard language.nesting == .indentation else { return kind == .closing ? max(0, open - 1) : open }
    // What goes on with a statement, or is no code, opens no body.
    if kind == .blank || kind == .continued { return indentations.count + 1 }
    while let last = indentations.last, width < last { indentations.removeLast() }
    if indentations.isEmpty || width > indentations[indentations.count - 1] { indentations.append(width) }
    return indentations.count - 1
  }

  private func kind(at first: Int, _ before: Inside, _ open: Int) -> CodeLine.Kind {
    switch before {
    case .comment: return .leading
    case .string: return .continued
    case .code: break
    }
    guard first < end, bytes[first] != ASCII.lineFeed else { return .blank }
    if begins(first, with: "/*"), language.hasBlockComments { return .leading }
    if language.lineComments.contains(where: { begins(first, with: $0) }) { return .leading }
    switch bytes[first] {
    case UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]"): return .closing
    case UInt8(ascii: "@"): return begins(first, with: "@interface") ? .statement : .leading
    case ASCII.numberSign: return begins(first, with: "#[") ? .leading : .statement
    case UInt8(ascii: "["): return language.nesting == .brackets && open == brackets ? .leading : .statement
    case UInt8(ascii: "{"), UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "="),
      UInt8(ascii: ","), ASCII.pipe, ASCII.ampersand:
      return .continued
    default: break
    }
    if language.nesting == .indentation, open > 0 { return .continued }
    let word = word(at: first)
    if Self.closers.contains(word), language.nesting == .indentation { return .closing }
    return Self.continuations.contains(word) ? .continued : word == "template" ? .leading : .statement
  }

  private static let closers: Set<String> = ["end", "fi", "done", "esac"]
  private static let continuations: Set<String> = [
    "else", "elif", "elsif", "elseif", "except", "finally", "catch", "rescue", "ensure", "where", "then", "do",
  ]

  private func word(at start: Int) -> String {
    var end = start
    while end < self.end, end - start < 24, isWordByte(bytes[end]) || bytes[end] == UInt8(ascii: "!") { end += 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// Whether a line declares something: by a word that says so after modifiers, or as C and its kin declare functions, by
  /// a name and parameters with a body.
  private func declares(_ line: Range<Int>) -> Bool {
    var start = line.lowerBound
    for _ in 0..<6 {
      let word = word(at: start)
      if language.declarations.contains(word) { return true }
      guard CodeLanguage.modifiers.contains(word) else { break }
      start += word.utf8.count
      // `pub(crate)`, `private(set)`
      if start < line.upperBound, bytes[start] == UInt8(ascii: "(") {
        while start < line.upperBound, bytes[start] != UInt8(ascii: ")") { start += 1 }
        start = min(start + 1, line.upperBound)
      }
      while start < line.upperBound, bytes[start].isBlank { start += 1 }
    }
    return false
  }

  private func begins(_ start: Int, with text: String) -> Bool { begins(start, with: Array(text.utf8)) }

  private func begins(_ start: Int, with text: [UInt8]) -> Bool {
    guard start + text.count <= end else { return false }
    for (offset, byte) in text.enumerated() where bytes[start + offset] != byte { return false }
    return true
  }

  // MARK: Within a line

  /// Reads to the end of a line.
  private mutating func readLine() {
    while position < end, bytes[position] != ASCII.lineFeed {
      switch inside {
      case .code: readCode()
      case .comment(let depth): readComment(depth)
      case .string(let quote, let count, let signs, let escape): readString(quote, count, signs, escape)
      }
    }
  }

  private mutating func readCode() {
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "("), UInt8(ascii: "["): brackets += 1
    case UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]"): brackets = max(0, brackets - 1)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), ASCII.backtick:
      openString(byte)
      return
    case UInt8(ascii: "\\"): position += 1
    default:
      if language.hasBlockComments, byte == UInt8(ascii: "/"), begins(position, with: "/*") {
        inside = .comment(depth: 1)
        position += 2
        return
      }
      if language.lineComments.contains(where: { begins(position, with: $0) }), isCommentStart {
        skipLine()
        return
      }
    }
    position = min(position + 1, lineEndOrEnd)
  }

  /// A backslash at the end of a line must not lead over it.
  private var lineEndOrEnd: Int { position < end && bytes[position] == ASCII.lineFeed ? position : end }

  /// A number sign begins a comment only where a word could begin: `$#` and `"#{x}"` are none.
  private var isCommentStart: Bool {
    guard bytes[position] == ASCII.numberSign, position > 0 else { return true }
    return bytes[position - 1].isASCIISpace || bytes[position - 1] == ASCII.semicolon
  }

  private mutating func skipLine() {
    while position < end, bytes[position] != ASCII.lineFeed { position += 1 }
  }

  private mutating func readComment(_ depth: Int) {
    if begins(position, with: "*/") {
      inside = depth > 1 ? .comment(depth: depth - 1) : .code
      position += 2
    } else if language.nestsComments, begins(position, with: "/*") {
      inside = .comment(depth: depth + 1)
      position += 2
    } else {
      position += 1
    }
  }

  private mutating func openString(_ quote: UInt8) {
    let start = position
    var signs = 0
    if language.hasRawStrings {
      while start - signs > 0, bytes[start - signs - 1] == ASCII.numberSign { signs += 1 }
    }
    position += 1
    if quote == ASCII.backtick {
      if language.backticks.areStrings {
        inside = .string(quote: quote, count: 1, signs: 0, escape: language.backticks.escape)
      }
    } else if language.hasTripleQuotes, begins(start, with: [quote, quote, quote]) {
      position = start + 3
      inside = .string(quote: quote, count: 3, signs: signs, escape: signs == 0)
    } else if signs > 0, quote == UInt8(ascii: "\"") {
      inside = .string(quote: quote, count: 1, signs: signs, escape: false)
    } else if quote == UInt8(ascii: "'"), language.quotes == .doubleAndCharacter {
      // A lifetime of Rust and a digit separator of C++ close nothing.
      position = closing(quote, from: start + 1, limit: 12).map { $0 + 1 } ?? position
    } else if let closing = closing(quote, from: start + 1, limit: .max) {
      position = closing + 1
    }
  }

  /// Where a quote closes within its line.
  private func closing(_ quote: UInt8, from start: Int, limit: Int) -> Int? {
    var place = start
    while place < end, place - start < limit, bytes[place] != ASCII.lineFeed {
      if bytes[place] == quote { return place }
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  private mutating func readString(_ quote: UInt8, _ count: Int, _ signs: Int, _ escape: Bool) {
    if escape, bytes[position] == UInt8(ascii: "\\") {
      position += 1
      if position < end, bytes[position] != ASCII.lineFeed { position += 1 }
      return
    }
    guard bytes[position] == quote else {
      position += 1
      return
    }
    let closing = [UInt8](repeating: quote, count: count) + [UInt8](repeating: ASCII.numberSign, count: min(signs, 64))
    if begins(position, with: closing) {
      inside = .code
      position += closing.count
    } else {
      position += 1
    }
  }
}

func isWordByte(_ byte: UInt8) -> Bool {
  byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "_") || byte >= 0x80
}
