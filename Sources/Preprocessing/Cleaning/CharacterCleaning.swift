import Foundation

/// One line without invisible characters, composed (NFC, Unicode Annex 15), and without trailing white space.
///
/// The mathematical letters and digits with which posts imitate bold and italic type become plain ones: no tokenizer
/// knows them as the words they spell.
///
/// Joiners (U+200C, U+200D) stay where they stand between two characters that are not ASCII: there they shape Persian
/// and Indic words and hold emoji together. Elsewhere they are noise.
func cleanedCharacters(ofLine bytes: ArraySlice<UInt8>) -> [UInt8] {
  if bytes.allSatisfy({ ($0 >= 0x20 && $0 < 0x7F) || $0 == ASCII.tab }) {
    return Array(bytes[..<trimmedEnd(bytes, bytes.startIndex..<bytes.endIndex)])
  }
  let line = withoutImitatedType(String(decoding: bytes, as: UTF8.self)).precomposedStringWithCanonicalMapping
  let visible = withoutStrayJoiners(line.unicodeScalars.compactMap(visibleScalar))
  var text = String.UnicodeScalarView(visible)
  while let last = text.last, last.properties.isWhitespace { text.removeLast() }
  return Array(String(text).precomposedStringWithCanonicalMapping.utf8)
}

/// Replaces the characters of the block Mathematical Alphanumeric Symbols by their compatibility decomposition.
private func withoutImitatedType(_ line: String) -> String {
  let block: ClosedRange<UInt32> = 0x1D400...0x1D7FF
  guard line.unicodeScalars.contains(where: { block.contains($0.value) }) else { return line }
  var result = String.UnicodeScalarView()
  for scalar in line.unicodeScalars {
    if block.contains(scalar.value) {
      result.append(contentsOf: String(scalar).precomposedStringWithCompatibilityMapping.unicodeScalars)
    } else {
      result.append(scalar)
    }
  }
  return String(result)
}

/// The end of `range` without trailing spaces and tabs.
func trimmedEnd(_ bytes: ArraySlice<UInt8>, _ range: Range<Int>) -> Int {
  var end = range.upperBound
  while end > range.lowerBound, bytes[end - 1].isASCIISpace { end -= 1 }
  return end
}

/// The scalar, a space for one that separates lines, or nil for one that nobody sees.
private func visibleScalar(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
  switch scalar.value {
  case 0x09: scalar
  case 0x0B, 0x0C, 0x85, 0x2028, 0x2029: " "
  case 0..<0x20, 0x7F..<0xA0: nil
  case 0xAD, 0x180E, 0x200B, 0x2060...0x2064, 0x206A...0x206F, 0xFEFF, 0xFFF9...0xFFFF: nil
  case 0xE0001: nil
  default: isBidirectionalControl(scalar.value) || scalar.value & 0xFFFE == 0xFFFE ? nil : scalar
  }
}

private func withoutStrayJoiners(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
  guard scalars.contains(where: isJoiner) else { return scalars }
  var result: [Unicode.Scalar] = []
  result.reserveCapacity(scalars.count)
  var index = 0
  while index < scalars.count {
    guard isJoiner(scalars[index]) else {
      result.append(scalars[index])
      index += 1
      continue
    }
    let joiner = scalars[index]
    while index < scalars.count, isJoiner(scalars[index]) { index += 1 }
    if let before = result.last, index < scalars.count, isJoinable(before), isJoinable(scalars[index]) {
      result.append(joiner)
    }
  }
  return result
}

private func isJoiner(_ scalar: Unicode.Scalar) -> Bool { scalar.value == 0x200C || scalar.value == 0x200D }

private func isJoinable(_ scalar: Unicode.Scalar) -> Bool {
  !scalar.isASCII && !scalar.properties.isWhitespace
}
