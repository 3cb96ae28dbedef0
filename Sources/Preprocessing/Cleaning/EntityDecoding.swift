/// Decodes the HTML entities that stand outside inline code.
///
/// So that decoding twice is decoding once, an entity stays when its character could make another entity (`&amp;lt;` is
/// how one writes about `&lt;`), a code span, a fence or a new line. A space is dropped at the start of a line and
/// beside another one.
func decodingEntities(in bytes: [UInt8]) -> [UInt8] {
  guard bytes.contains(ASCII.ampersand) else { return bytes }
  return mappingOutsideInlineCode(bytes) { text, result in
    var position = text.startIndex
    while position < text.endIndex {
      if text[position] == ASCII.ampersand, let entity = entity(text, at: position) {
        if appendDecoded(entity, followedBy: text[entity.end...], to: &result) {
          position = entity.end
          continue
        }
        result.append(contentsOf: text[position..<entity.end])
        position = entity.end
        continue
      }
      result.append(text[position])
      position += 1
    }
  }
}

private struct Entity {
  var scalar: Unicode.Scalar
  var end: Int
}

/// The longest name is far shorter: what is longer is text.
private let longestReference = 12

private func entity(_ text: ArraySlice<UInt8>, at start: Int) -> Entity? {
  let candidate = text[(start + 1)...].prefix(longestReference)
  guard let end = candidate.firstIndex(of: ASCII.semicolon), end > start + 1 else { return nil }
  let name = candidate[..<end]
  guard let value = referencedValue(name), let scalar = Unicode.Scalar(value) else { return nil }
  return Entity(scalar: scalar, end: end + 1)
}

private func referencedValue(_ name: ArraySlice<UInt8>) -> UInt32? {
  guard name.first == ASCII.numberSign else { return namedEntities[String(decoding: name, as: UTF8.self)] }
  let digits = name.dropFirst()
  if let first = digits.first, first | 0x20 == UInt8(ascii: "x") {
    return UInt32(String(decoding: digits.dropFirst(), as: UTF8.self), radix: 16)
  }
  return UInt32(String(decoding: digits, as: UTF8.self))
}

/// Appends what an entity stands for; false when it has to stay as it is.
private func appendDecoded(_ entity: Entity, followedBy rest: ArraySlice<UInt8>, to result: inout [UInt8]) -> Bool {
  switch entity.scalar.value {
  case 0x20, 0xA0:
    if let last = result.last, !last.isASCIISpace { result.append(ASCII.space) }
    return true
  case 0x26:
    let quoted = [ASCII.ampersand] + rest.prefix(longestReference + 1)
    guard Preprocessing.entity(quoted[...], at: 0) == nil else { return false }
    result.append(ASCII.ampersand)
    return true
  case 0x21...0x7E:
    let byte = UInt8(entity.scalar.value)
    let isRisky = byte.isASCIILetter || byte.isASCIIDigit || "`~;#\\".utf8.contains(byte)
    if !isRisky { result.append(byte) }
    return !isRisky
  case 0xA1...:
    let text = Array(String(entity.scalar).utf8)
    // Only a character that cleaning leaves alone by itself, whatever stands beside it.
    guard cleanedCharacters(ofLine: text[...]) == text else { return false }
    result.append(contentsOf: text)
    return true
  default: return false
  }
}
