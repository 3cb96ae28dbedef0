import Foundation

/// The text of a file, or nil if it is binary.
///
/// UTF-8, UTF-16 with a byte order mark, else Windows-1252, which gives every byte a character. As for git, a NUL makes
/// a file binary; not only in its first 8,000 bytes, since no store and no C library takes a NUL in a text.
func decodedText(_ bytes: [UInt8]) -> String? {
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return decodedText(Array(bytes.dropFirst(3))) }
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
    return String(bytes: bytes, encoding: .utf16).flatMap { $0.utf8.contains(0) ? nil : $0 }
  }
  guard !bytes.contains(0) else { return nil }
  return String(validating: bytes, as: UTF8.self)
    ?? String(bytes: bytes, encoding: .windowsCP1252) ?? String(bytes: bytes, encoding: .isoLatin1)
}

/// One line of printable text, for what other programs say: control characters and what exceeds 300 bytes are gone.
func oneLine(_ text: some StringProtocol) -> String {
  var line = String(
    String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  while line.utf8.count > 300 { line.removeLast() }
  return line
}
