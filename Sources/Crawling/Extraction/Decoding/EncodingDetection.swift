extension CharacterEncoding {
  /// The encoding of a page, in the order of the HTML Standard (section 13.2.3.2): byte order mark, HTTP header, the
  /// meta element in the first 1024 bytes; without any of them UTF-8 if the bytes are valid UTF-8, else windows-1252.
  static func detect(_ bytes: [UInt8], contentType: String?) -> CharacterEncoding {
    if let marked = byteOrderMark(bytes) { return marked }
    if let contentType, let label = charset(in: Array(contentType.utf8)[...]),
      let encoding = CharacterEncoding(label: label)
    {
      return encoding
    }
    if let label = metaCharset(bytes.prefix(1024)), let encoding = CharacterEncoding(label: label) {
      // A saved page is often recoded without its meta element; text that is valid UTF-8 by chance does not exist.
      if encoding != .utf8, UTF8Check.isValid(bytes), bytes.contains(where: { $0 >= 0x80 }) { return .utf8 }
      // A page whose meta element could be read byte by byte is not UTF-16, whatever it says.
      return encoding == .utf16LittleEndian || encoding == .utf16BigEndian ? .utf8 : encoding
    }
    return UTF8Check.isValid(bytes) ? .utf8 : .windows1252
  }

  private static func byteOrderMark(_ bytes: [UInt8]) -> CharacterEncoding? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
    if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
    if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
    return nil
  }

  /// The charset that the first meta element with one declares, as `charset=` or inside `content=`.
  private static func metaCharset(_ head: ArraySlice<UInt8>) -> String? {
    let lowered = head.map(ASCII.lowercased)
    var position = lowered.startIndex
    while let tag = ASCII.find("<meta", in: lowered, from: position) {
      let close = lowered[tag...].firstIndex(of: UInt8(ascii: ">")) ?? lowered.endIndex
      if let label = charset(in: lowered[tag..<close]) { return label }
      position = tag + 5
    }
    return nil
  }

  /// The value after `charset=`, quoted or not.
  private static func charset(in bytes: ArraySlice<UInt8>) -> String? {
    let lowered = bytes.map(ASCII.lowercased)
    guard let found = ASCII.find("charset", in: lowered, from: 0) else { return nil }
    var rest = lowered[(found + 7)...].drop(while: ASCII.isSpace)
    guard rest.first == UInt8(ascii: "=") else { return nil }
    rest = rest.dropFirst().drop { ASCII.isSpace($0) || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    let value = rest.prefix {
      ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ":")
    }
    return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
  }
}
