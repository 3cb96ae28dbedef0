/// Finds the encoding that a page's `meta` element declares, by the algorithm of the HTML Standard (section 13.2.3.2,
/// "prescan a byte stream").
///
/// Two departures: not only the first 1024 bytes are looked at but the head, up to 64 KiB of it, since archives and
/// shops put long scripts first; and what stands inside scripts, styles and titles is not read as markup.
struct MetaPrescan {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  private static let longest = 65_536

  /// The encoding that a page declares; nil when it declares none that is known.
  static func encoding(of bytes: [UInt8]) -> CharacterEncoding? {
    var scan = MetaPrescan(bytes: bytes.prefix(longest), position: 0)
    return scan.find()
  }

  private mutating func find() -> CharacterEncoding? {
    while let tag = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
      position = tag + 1
      if starts(with: "!--") {
        // The two dashes of `<!-->` both open and close.
        position = tag + 2
        skip(behind: "-->")
      } else if starts(with: "!") || starts(with: "?") {
        skip(behind: ">")
      } else if starts(with: "meta"), position + 4 < bytes.endIndex, Self.endsName(bytes[position + 4]) {
        position += 4
        if let encoding = declaration() { return encoding }
      } else if passesTag() == .body {
        return nil
      }
    }
    return nil
  }

  /// What a tag that is no `meta` begins.
  private enum Part { case head, body }

  /// Passes over any other tag, with the text of those whose text is no markup.
  private mutating func passesTag() -> Part {
    let isClosing = starts(with: "/")
    if isClosing { position += 1 }
    guard position < bytes.endIndex, ASCII.isLetter(bytes[position]) else { return .head }
    let start = position
    while position < bytes.endIndex, !Self.endsName(bytes[position]) { position += 1 }
    let name = bytes[start..<position].map(ASCII.lowercased)
    while attribute() != nil {}
    if isClosing { return .head }
    if name.elementsEqual("body".utf8) { return .body }
    if name.elementsEqual("script".utf8) { skip(behind: "</script") }
    if name.elementsEqual("style".utf8) { skip(behind: "</style") }
    if name.elementsEqual("title".utf8) { skip(behind: "</title") }
    return .head
  }

  /// What one `meta` element declares.
  private mutating func declaration() -> CharacterEncoding? {
    var charset: String?
    var isPragma = false
    var needsPragma = false
    var seen: Set<String> = []
    while let (name, value) = attribute() {
      guard seen.insert(name).inserted else { continue }
      switch name {
      case "http-equiv": isPragma = value.elementsEqual("content-type".utf8)
      case "content" where charset == nil:
        charset = Self.charset(in: value[...])
        needsPragma = charset != nil
      case "charset":
        charset = String(decoding: value, as: UTF8.self)
        needsPragma = false
      default: continue
      }
    }
    guard let charset, isPragma || !needsPragma, let encoding = CharacterEncoding(label: charset) else { return nil }
    // A page whose meta element could be read byte by byte is not UTF-16, whatever it says.
    return switch encoding {
    case .utf16LittleEndian, .utf16BigEndian: .utf8
    case .userDefined: .windows1252
    default: encoding
    }
  }

  /// The next attribute of the tag, name and value in lower case; nil at the tag's end, which is passed.
  private mutating func attribute() -> (name: String, value: [UInt8])? {
    while position < bytes.endIndex, ASCII.isSpace(bytes[position]) || bytes[position] == UInt8(ascii: "/") {
      position += 1
    }
    guard position < bytes.endIndex else { return nil }
    guard bytes[position] != UInt8(ascii: ">") else {
      position += 1
      return nil
    }
    let start = position
    position += 1
    while position < bytes.endIndex, !Self.endsName(bytes[position]), bytes[position] != UInt8(ascii: "=") {
      position += 1
    }
    let name = String(decoding: bytes[start..<position].map(ASCII.lowercased), as: UTF8.self)
    skipSpace()
    guard position < bytes.endIndex, bytes[position] == UInt8(ascii: "=") else { return (name, []) }
    position += 1
    skipSpace()
    return (name, value())
  }

  private mutating func value() -> [UInt8] {
    guard position < bytes.endIndex else { return [] }
    let quote = bytes[position]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      guard let end = bytes[(position + 1)...].firstIndex(of: quote) else {
        position = bytes.endIndex
        return []
      }
      defer { position = end + 1 }
      return bytes[(position + 1)..<end].map(ASCII.lowercased)
    }
    let start = position
    while position < bytes.endIndex, !ASCII.isSpace(bytes[position]), bytes[position] != UInt8(ascii: ">") {
      position += 1
    }
    return bytes[start..<position].map(ASCII.lowercased)
  }

  private mutating func skipSpace() {
    while position < bytes.endIndex, ASCII.isSpace(bytes[position]) { position += 1 }
  }

  private func starts(with word: StaticString) -> Bool {
    guard bytes.endIndex - position >= word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { word in
      word.indices.allSatisfy { ASCII.lowercased(bytes[position + $0]) == word[$0] }
    }
  }

  private mutating func skip(behind word: StaticString) {
    while position < bytes.endIndex, !starts(with: word) { position += 1 }
    position = min(position + word.utf8CodeUnitCount, bytes.endIndex)
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    ASCII.isSpace(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">")
  }

  /// The value after the first `charset=` that has one, quoted or not, as a header or a `content` attribute holds it.
  static func charset(in text: ArraySlice<UInt8>) -> String? {
    let lowered = text.map(ASCII.lowercased)
    var from = 0
    while let found = ASCII.find("charset", in: lowered, from: from) {
      from = found + 7
      var rest = lowered[from...].drop(while: ASCII.isSpace)
      guard rest.first == UInt8(ascii: "=") else { continue }
      rest = rest.dropFirst().drop(while: ASCII.isSpace)
      if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        rest = rest.dropFirst()
        return String(decoding: rest.prefix { $0 != quote }, as: UTF8.self)
      }
      let value = rest.prefix { !ASCII.isSpace($0) && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") }
      return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
    }
    return nil
  }
}
