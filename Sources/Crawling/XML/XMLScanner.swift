/// Looks through a document once before it is parsed: refuses what would make the parser slow, and puts right what would
/// make it lose text.
struct XMLScanner {
  private let limits: XMLLimits
  private var output: [UInt8] = []
  private var elements = 0

  init(limits: XMLLimits) {
    self.limits = limits
  }

  /// The document from `start` on, as it can be parsed.
  ///
  /// - Throws: ``XMLProblem``.
  mutating func checked(_ bytes: [UInt8], from start: Int) throws(XMLProblem) -> [UInt8] {
    output.reserveCapacity(bytes.count - start + bytes.count / 64)
    var index = start
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else {
        index = text(bytes, at: index)
        continue
      }
      if let end = Self.endOfMarked(bytes, at: index) {
        for byte in bytes[index..<end] { append(byte) }
        index = end
      } else {
        index = try tag(bytes, from: index)
      }
    }
    return output
  }

  /// Where a comment, a CDATA section or an instruction ends that begins here; nil for a tag.
  private static func endOfMarked(_ bytes: [UInt8], at start: Int) -> Int? {
    guard start + 1 < bytes.count else { return nil }
    switch bytes[start + 1] {
    case UInt8(ascii: "?"): return ASCII.find("?>", in: bytes, from: start + 2).map { $0 + 2 } ?? bytes.count
    case UInt8(ascii: "!"):
      let head = bytes[start...].prefix(9)
      if head.starts(with: Array("<!--".utf8)) {
        return ASCII.find("-->", in: bytes, from: start + 4).map { $0 + 3 } ?? bytes.count
      }
      guard head.elementsEqual(Array("<![CDATA[".utf8)) else { return nil }
      return ASCII.find("]]>", in: bytes, from: start + 9).map { $0 + 3 } ?? bytes.count
    default: return nil
    }
  }

  /// Takes a tag over; a `<` in it begins another one, as it does for the parser.
  private mutating func tag(_ bytes: [UInt8], from start: Int) throws(XMLProblem) -> Int {
    if start + 1 < bytes.count, bytes[start + 1] != UInt8(ascii: "/") { elements += 1 }
    guard elements <= limits.elements else { throw .tooManyElements(limit: limits.elements) }
    append(bytes[start])
    var index = start + 1
    var quote: UInt8?
    var attributes = 0
    while index < bytes.count, bytes[index] != UInt8(ascii: "<") {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        append(byte)
        return index + 1
      } else if byte == UInt8(ascii: "=") {
        attributes += 1
        guard attributes <= limits.attributes else { throw .tooManyAttributes(limit: limits.attributes) }
      }
      index = text(bytes, at: index)
    }
    return index
  }

  /// Takes over a byte of text or of an attribute, or the reference that begins with it.
  ///
  /// - Returns: where it goes on.
  private mutating func text(_ bytes: [UInt8], at index: Int) -> Int {
    guard bytes[index] == UInt8(ascii: "&") else {
      append(bytes[index])
      return index + 1
    }
    let name = bytes[(index + 1)...].prefix(40).prefix { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "#") }
    let end = index + 1 + name.count
    guard !name.isEmpty, end < bytes.count, bytes[end] == UInt8(ascii: ";") else {
      output += "&amp;".utf8
      return index + 1
    }
    if name.first == UInt8(ascii: "#") || Self.ownNames.contains(where: { name.elementsEqual($0) }) {
      output += bytes[index...end]
    } else {
      named(Array(bytes[(index + 1)...end]))
    }
    return end + 1
  }

  private static let ownNames = ["lt", "gt", "amp", "quot", "apos"].map { Array($0.utf8) }

  /// Writes the characters of a reference that is HTML's and not XML's, or the reference itself if it is nobody's.
  private mutating func named(_ name: [UInt8]) {
    let match = name.withUnsafeBufferPointer { NamedReferences.all.match(in: $0, at: 0) }
    guard let match, match.end == name.count else {
      output += Array("&amp;".utf8) + name
      return
    }
    var characters: [UInt8] = []
    match.reference.append(to: &characters)
    for byte in characters {
      switch byte {
      case UInt8(ascii: "<"): output += "&lt;".utf8
      case UInt8(ascii: "&"): output += "&amp;".utf8
      case UInt8(ascii: "\""): output += "&quot;".utf8
      default: output.append(byte)
      }
    }
  }

  /// XML has no control characters; a space keeps the words on both sides apart.
  private mutating func append(_ byte: UInt8) {
    output.append(byte >= 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D ? byte : 0x20)
  }
}
