/// Removes what no compiler reads from a source file: control characters other than tab, line feed, form feed and
/// carriage return, replacement characters of bytes that were no UTF-8, byte order marks, and the bidirectional
/// controls that make code read otherwise than it runs (Unicode Technical Report 36, section 2).
func sourceCleaned(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  var changed = false
  for scalar in text.unicodeScalars {
    if isUnwantedInSource(scalar.value) { changed = true } else { result.append(scalar) }
  }
  return changed ? String(result) : text
}

private func isUnwantedInSource(_ value: UInt32) -> Bool {
  switch value {
  case 0x09, 0x0A, 0x0C, 0x0D: false
  case 0..<0x20, 0x7F..<0xA0: true
  case 0xFEFF, 0xFFFD...0xFFFF: true
  default: isBidirectionalControl(value)
  }
}

/// The implicit and explicit directional formatting characters (Unicode Annex 9, section 2).
func isBidirectionalControl(_ value: UInt32) -> Bool {
  switch value {
  case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
  default: false
  }
}
