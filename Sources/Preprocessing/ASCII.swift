/// The bytes that scanners look for, by name.
enum ASCII {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let backtick = UInt8(ascii: "`")
  static let tilde = UInt8(ascii: "~")
  static let ampersand = UInt8(ascii: "&")
  static let semicolon = UInt8(ascii: ";")
  static let numberSign = UInt8(ascii: "#")
  static let greaterThan = UInt8(ascii: ">")
  static let hyphen = UInt8(ascii: "-")
  static let pipe = UInt8(ascii: "|")
}

extension UInt8 {
  /// Space, tab, line feed, vertical tab, form feed or carriage return.
  var isASCIISpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
  /// A space or a tab.
  var isBlank: Bool { self == ASCII.space || self == ASCII.tab }
  /// `0` to `9`.
  var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
  /// A letter of ASCII.
  var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
  /// A lower-case letter of ASCII.
  var isASCIILowercase: Bool { self >= 0x61 && self <= 0x7A }
  /// An upper-case letter of ASCII.
  var isASCIIUppercase: Bool { self >= 0x41 && self <= 0x5A }
  /// Whether a UTF-8 sequence continues with this byte, so that no scalar starts here.
  var isContinuation: Bool { self & 0xC0 == 0x80 }
}
