/// The text of a file or of a response that is plain text, or nil if it is binary.
///
/// A byte order mark decides, then what the `Content-Type` says, then the bytes themselves: UTF-8 if they are valid, else
/// the encoding in which they read best, in the end windows-1252, which gives every byte a character. As for git, a NUL
/// makes a file binary; not only in its first 8,000 bytes, since no store and no C library takes a NUL in a text.
func decodedText(_ bytes: [UInt8], contentType: String? = nil) -> String? {
  let encoding = CharacterEncoding.ofText(bytes, contentType: contentType)
  let isUTF16 = encoding == .utf16LittleEndian || encoding == .utf16BigEndian
  if !isUTF16, bytes.contains(0) { return nil }
  let text = String(decoding: PageDecoder.decode(bytes, as: encoding), as: UTF8.self)
  if text.utf8.contains(0) || isUTF16 && text.unicodeScalars.contains("\u{FFFD}") { return nil }
  return text
}

/// One line of printable text, for what other programs say: control characters and what exceeds 300 bytes are gone.
func oneLine(_ text: some StringProtocol) -> String {
  var line = String(
    String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  while line.utf8.count > 300 { line.removeLast() }
  return line
}
