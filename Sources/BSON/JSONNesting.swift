/// How deep in objects and arrays the bytes of a text of JSON lead. It does not judge the text.
package struct JSONNesting: Sendable {
  /// How many objects and arrays are open; a bracket too many closes none.
  package private(set) var depth = 0
  /// Whether a string is open, in which brackets mean nothing.
  package private(set) var isInString = false
  private var isEscaped = false

  /// Before the first byte.
  package init() {}

  /// Takes the next byte.
  package mutating func take(_ byte: UInt8) {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(0, depth - 1)
    default: break
    }
  }
}
