/// Reads the JSON that pages embed, more leniently than RFC 8259: control characters inside strings and a comma
/// before a closing bracket are let through, and what follows the first value is ignored.
struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  private static let maximumDepth = 64

  /// The value that a script element holds, with or without CDATA marks or comment marks around it; nil when it is
  /// broken or nested deeper than 64 levels.
  static func read(_ bytes: [UInt8]) -> JSONValue? {
    guard let start = bytes.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }) else {
      return nil
    }
    var from = start
    // The bracket of `<![CDATA[` is not the one of an array.
    if let mark = ASCII.find("CDATA[", in: bytes, from: max(0, start - 8)), mark <= start + 1 {
      from = bytes[(mark + 6)...].firstIndex { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") } ?? bytes.count
    }
    var reader = JSONReader(bytes: bytes, position: from)
    return reader.value()
  }

  private init(bytes: [UInt8], position: Int) {
    self.bytes = bytes
    self.position = position
  }

  private mutating func value() -> JSONValue? {
    skipSpace()
    guard position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "{"): return nested { $0.object() }
    case UInt8(ascii: "["): return nested { $0.array() }
    case UInt8(ascii: "\""): return string().map(JSONValue.string)
    case UInt8(ascii: "t"): return word("true", .bool(true))
    case UInt8(ascii: "f"): return word("false", .bool(false))
    case UInt8(ascii: "n"): return word("null", .null)
    default: return number()
    }
  }

  private mutating func nested(_ read: (inout JSONReader) -> JSONValue?) -> JSONValue? {
    guard depth < Self.maximumDepth else { return nil }
    depth += 1
    position += 1
    defer { depth -= 1 }
    return read(&self)
  }

  private mutating func object() -> JSONValue? {
    var members: [String: JSONValue] = [:]
    while true {
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard let key = string() else { return nil }
      skipSpace()
      guard take(UInt8(ascii: ":")), let value = value() else { return nil }
      members[key] = value
      skipSpace()
      if !take(UInt8(ascii: ",")) { return take(UInt8(ascii: "}")) ? .object(members) : nil }
    }
  }

  private mutating func array() -> JSONValue? {
    var items: [JSONValue] = []
    while true {
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(items) }
      guard let value = value() else { return nil }
      items.append(value)
      skipSpace()
      if !take(UInt8(ascii: ",")) { return take(UInt8(ascii: "]")) ? .array(items) : nil }
    }
  }

  private mutating func string() -> String? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    var output: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: output, as: UTF8.self) }
      if byte == UInt8(ascii: "\\") { escape(&output) } else { output.append(byte) }
    }
    return nil
  }

  private mutating func escape(_ output: inout [UInt8]) {
    guard position < bytes.count else { return }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "n"): output.append(0x0A)
    case UInt8(ascii: "t"): output.append(0x09)
    case UInt8(ascii: "r"): output.append(0x0D)
    case UInt8(ascii: "b"), UInt8(ascii: "f"): output.append(0x20)
    case UInt8(ascii: "u"): unicodeEscape(&output)
    default: output.append(byte)
    }
  }

  private mutating func unicodeEscape(_ output: inout [UInt8]) {
    guard let first = unit() else { return }
    var units = [first]
    if first & 0xFC00 == 0xD800, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    {
      position += 2
      if let second = unit() { units.append(second) }
    }
    output += String(decoding: units, as: UTF16.self).utf8
  }

  private mutating func unit() -> UInt16? {
    guard position + 4 <= bytes.count else { return nil }
    let digits = String(decoding: bytes[position..<(position + 4)], as: UTF8.self)
    position += 4
    return UInt16(digits, radix: 16)
  }

  private mutating func number() -> JSONValue? {
    let start = position
    while position < bytes.count, ASCII.isDigit(bytes[position]) || "+-.eE".utf8.contains(bytes[position]) {
      position += 1
    }
    return Double(String(decoding: bytes[start..<position], as: UTF8.self)).map(JSONValue.number)
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) -> JSONValue? {
    guard ASCII.find(word, in: Array(bytes[position...].prefix(5)), from: 0) == 0 else { return nil }
    position += word.utf8CodeUnitCount
    return value
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
  }
}
