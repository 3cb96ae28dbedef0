/// Follows an object of JSON over several lines to where it ends, without judging it.
///
/// A torn object, which has no end of its own, ends before the next one that begins a line, so that it spoils no other.
struct JSONObjectEnd {
  /// Where a byte is.
  enum Place {
    /// In the object.
    case inside
    /// It is the object's last one.
    case last
    /// It is the next object's first one: this one is torn.
    case behind
  }

  /// Whether the last byte was in a text or a name.
  private(set) var isInText = false
  private var isEscaped = false
  private var depth = 0
  private var isAtLineStart = false
  /// Whether the lines behind the first one are indented, as its second one says; nil on the first.
  private var isIndented: Bool?

  /// Whether its first byte was taken.
  var isBegun: Bool { depth > 0 }
  /// Whether there was more than the first line, and the second begins no object.
  var hasLines: Bool { isIndented != nil }

  /// Takes the object's next byte, from the brace on with which it begins.
  mutating func place(of byte: UInt8) -> Place {
    if byte == UInt8(ascii: "\n") {
      // A text that is still open is torn: it would have the line's end escaped (RFC 8259, section 7).
      (isInText, isEscaped, isAtLineStart) = (false, false, true)
      return .inside
    }
    if isAtLineStart {
      if byte == UInt8(ascii: "\r") { return .inside }
      if byte == UInt8(ascii: "{"), beginsAnother { return .behind }
      isIndented = isIndented ?? (byte <= UInt8(ascii: " "))
      isAtLineStart = false
    }
    return isInText ? text(byte) : structure(byte)
  }

  /// Whether a brace at the beginning of a line begins another object. Where nothing is indented, it may be an element of
  /// an array as well.
  private var beginsAnother: Bool { isIndented != false || depth <= 1 }

  private mutating func text(_ byte: UInt8) -> Place {
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      isInText = false
    }
    return .inside
  }

  private mutating func structure(_ byte: UInt8) -> Place {
    switch byte {
    case UInt8(ascii: "\""): isInText = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      depth -= 1
      if depth == 0 { return .last }
    default: break
    }
    return .inside
  }
}
