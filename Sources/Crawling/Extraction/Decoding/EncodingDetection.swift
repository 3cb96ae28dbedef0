extension CharacterEncoding {
  /// The encoding of a page, in the order of the HTML Standard (section 13.2.3.2): byte order mark, HTTP header, the
  /// meta element; without any of them the bytes themselves decide.
  static func ofPage(_ bytes: [UInt8], contentType: String?) -> CharacterEncoding {
    if let marked = byteOrderMark(bytes) { return marked }
    if let declared = contentType.flatMap(declared) { return declared }
    if let encoding = MetaPrescan.encoding(of: bytes) {
      // A saved page is often recoded without its meta element; text that is valid UTF-8 by chance does not exist.
      if encoding != .utf8, UTF8Check.isValid(bytes), bytes.contains(where: { $0 >= 0x80 }) { return .utf8 }
      return encoding
    }
    return ofBytes(bytes)
  }

  /// The encoding of a plain text: byte order mark, HTTP header, else what the bytes tell.
  static func ofText(_ bytes: [UInt8], contentType: String?) -> CharacterEncoding {
    byteOrderMark(bytes) ?? contentType.flatMap(declared) ?? ofBytes(bytes)
  }

  /// The encoding that the bytes alone tell: UTF-8 if they are valid UTF-8, else the one in which they read best.
  private static func ofBytes(_ bytes: [UInt8]) -> CharacterEncoding {
    if bytes.starts(with: [0x3C, 0x00]) { return .utf16LittleEndian }
    if bytes.starts(with: [0x00, 0x3C]) { return .utf16BigEndian }
    guard UTF8Check.isValid(bytes) else { return EncodingGuess.encoding(of: bytes) }
    return isISO2022JP(bytes) ? .other("ISO-2022-JP") : .utf8
  }

  private static func byteOrderMark(_ bytes: [UInt8]) -> CharacterEncoding? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
    if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
    if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
    return nil
  }

  /// What a `Content-Type` says.
  private static func declared(_ contentType: String) -> CharacterEncoding? {
    MetaPrescan.charset(in: Array(contentType.utf8)[...]).flatMap { CharacterEncoding(label: $0) }
  }

  /// Whether ASCII holds the escapes by which ISO-2022-JP goes over to JIS X 0208 (`ESC $ @`, `ESC $ B`) and back.
  private static func isISO2022JP(_ bytes: [UInt8]) -> Bool {
    guard let escape = bytes.firstIndex(of: 0x1B), escape + 2 < bytes.count,
      bytes[escape + 1] == UInt8(ascii: "$"),
      bytes[escape + 2] == UInt8(ascii: "@") || bytes[escape + 2] == UInt8(ascii: "B")
    else { return false }
    return ASCII.find("\u{1B}(", in: bytes, from: escape) != nil
  }
}
