/// A character encoding that pages are written in.
enum CharacterEncoding: Hashable, Sendable {
  case utf8
  case utf16LittleEndian
  case utf16BigEndian
  case windows1252
  /// Bytes above ASCII are U+F780 to U+F7FF.
  case userDefined
  /// One of those that the Encoding Standard reads as a single U+FFFD, since attackers hide markup in them.
  case replacement
  /// Any other one, by the name under which iconv knows it.
  case other(String)

  /// The encoding that a label names (WHATWG Encoding Standard, section 4.2): the labels of Latin-1 and ASCII mean
  /// windows-1252, those of GB2312 and GBK mean GB18030.
  init?(label: String) {
    let key = String(decoding: Array(label.utf8)[...].trimmed.map(ASCII.lowercased), as: UTF8.self)
    guard let known = EncodingLabels.table[key] else { return nil }
    self = known
  }
}
