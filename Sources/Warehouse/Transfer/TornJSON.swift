/// Text that should be an object of JSON and is not, such as a line that was cut in two.
public struct TornJSON: Sendable {
  /// All of it, without JSON's escapes, so that a name is found however it was written.
  public let text: String
  /// The texts of the object's own fields, as far as they can be told.
  public let fields: [String: String]

  /// Reads the bytes, which may be anything.
  public init(_ bytes: [UInt8]) {
    text = unescaped(bytes[...])
    fields = ownFields(of: bytes)
  }
}

/// The texts behind names at the outermost level, or before it, if the object's beginning is lost. Of several of one
/// name the first counts.
private func ownFields(of bytes: [UInt8]) -> [String: String] {
  var fields: [String: String] = [:]
  var name: String?
  var (depth, index) = (0, 0)
  while index < bytes.count {
    switch bytes[index] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      depth += 1
      name = nil
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(depth - 1, 0)
    case UInt8(ascii: ","): name = nil
    case UInt8(ascii: "\""):
      let end = endOfText(bytes, from: index + 1)
      let text = bytes[(index + 1)..<end]
      index = end
      guard depth <= 1 else { break }
      if let known = name {
        fields[known] = fields[known] ?? unescaped(text)
        name = nil
      } else if bytes[end...].dropFirst().first(where: { !isSpace($0) }) == UInt8(ascii: ":") {
        name = unescaped(text)
      }
    default: break
    }
    index += 1
  }
  return fields
}

/// Where the quote is that ends a text; the end of all if there is none.
private func endOfText(_ bytes: [UInt8], from start: Int) -> Int {
  var index = start
  while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
  }
  return min(index, bytes.count)
}

private func isSpace(_ byte: UInt8) -> Bool {
  [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(byte)
}

/// The text without the escapes of JSON (RFC 8259, section 7). What is none stays, but for its backslash.
private func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
  let backslash = UInt16(UInt8(ascii: "\\"))
  let units = Array(String(decoding: bytes, as: UTF8.self).utf16)
  var result: [UInt16] = []
  var index = 0
  while index < units.count {
    guard units[index] == backslash, index + 1 < units.count else {
      result.append(units[index])
      index += 1
      continue
    }
    let digits = units[(index + 2)...].prefix(4)
    if units[index + 1] == UInt16(UInt8(ascii: "u")), digits.count == 4,
      let unit = UInt16(String(decoding: digits, as: UTF16.self), radix: 16)
    {
      // Two of them may be one character, as they are in UTF-16.
      result.append(unit)
      index += 6
    } else {
      result.append(escapedUnits[units[index + 1]] ?? units[index + 1])
      index += 2
    }
  }
  return String(decoding: result, as: UTF16.self)
}

/// What stands for characters that cannot stand for themselves; quotes and slashes can.
private let escapedUnits: [UInt16: UInt16] = [
  UInt16(UInt8(ascii: "b")): 8, UInt16(UInt8(ascii: "f")): 12, UInt16(UInt8(ascii: "n")): 10,
  UInt16(UInt8(ascii: "r")): 13, UInt16(UInt8(ascii: "t")): 9,
]
