/// A character encoding that pages are written in.
enum CharacterEncoding: Equatable {
  case utf8
  case utf16LittleEndian
  case utf16BigEndian
  case windows1252
  /// Any other one, by the name under which iconv knows it.
  case other(String)

  /// The encoding that a label names, as the WHATWG Encoding Standard (section 4.2) maps them: the labels of Latin-1
  /// and ASCII mean windows-1252, those of GB2312 and GBK mean GB18030.
  init?(label: String) {
    let key = label.lowercased().filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
    if let known = Self.labels[key] {
      self = known
    } else if key.hasPrefix("windows-125") || key.hasPrefix("cp125") || key.hasPrefix("x-cp125") {
      guard let digit = key.last, digit.isNumber else { return nil }
      self = digit == "2" ? .windows1252 : .other("CP125\(digit)")
    } else if let part = Self.latinPart(key) {
      self = Self.latin(part: part)
    } else {
      return nil
    }
  }

  /// The part number of an ISO 8859 label: `iso-8859-15`, `iso8859-15`, `iso_8859-15:1999`.
  private static func latinPart(_ key: String) -> Int? {
    for prefix in ["iso-8859-", "iso8859-", "iso_8859-", "iso8859"] where key.hasPrefix(prefix) {
      return Int(key.dropFirst(prefix.count).prefix { $0.isNumber })
    }
    return nil
  }

  private static func latin(part: Int) -> CharacterEncoding {
    switch part {
    case 1: .windows1252
    case 9: .other("CP1254")
    case 11: .other("CP874")
    default: .other("ISO-8859-\(part)")
    }
  }

  private static let labels: [String: CharacterEncoding] = {
    var table: [String: CharacterEncoding] = [:]
    func add(_ encoding: CharacterEncoding, _ names: String...) {
      for name in names { table[name] = encoding }
    }
    add(.utf8, "utf-8", "utf8", "unicode-1-1-utf-8", "unicode11utf8", "x-unicode20utf8")
    add(.utf16LittleEndian, "utf-16", "utf-16le", "ucs-2", "unicode", "iso-10646-ucs-2", "csunicode")
    add(.utf16BigEndian, "utf-16be", "unicodefffe")
    add(.windows1252, "ascii", "us-ascii", "latin1", "l1", "ansi_x3.4-1968", "ibm819", "cp819", "x-ansi")
    add(.other("GB18030"), "gb2312", "gbk", "gb18030", "gb_2312-80", "gb_2312", "x-gbk", "chinese", "csgb2312")
    add(.other("BIG5-HKSCS"), "big5", "big5-hkscs", "cn-big5", "x-x-big5", "csbig5")
    add(.other("EUC-JP"), "euc-jp", "x-euc-jp", "cseucpkdfmtjapanese")
    add(.other("CP932"), "shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji", "windows-31j", "ms932")
    add(.other("ISO-2022-JP"), "iso-2022-jp", "csiso2022jp")
    add(.other("UHC"), "euc-kr", "ks_c_5601-1987", "ksc5601", "ksc_5601", "korean", "windows-949", "ks_c_5601-1989")
    add(.other("KOI8-R"), "koi8-r", "koi8", "koi", "koi8_r", "cskoi8r")
    add(.other("KOI8-U"), "koi8-u", "koi8-ru")
    add(.other("CP874"), "windows-874", "tis-620", "dos-874")
    add(.other("CP866"), "ibm866", "cp866", "866", "csibm866")
    add(.other("MACINTOSH"), "macintosh", "mac", "x-mac-roman", "csmacintosh")
    add(.other("MAC-CYRILLIC"), "x-mac-cyrillic", "x-mac-ukrainian")
    add(.other("ISO-8859-2"), "latin2", "l2")
    add(.other("ISO-8859-5"), "cyrillic")
    add(.other("ISO-8859-6"), "arabic")
    add(.other("ISO-8859-7"), "greek")
    add(.other("ISO-8859-8"), "hebrew", "logical")
    add(.other("CP1254"), "latin5", "l5")
    return table
  }()
}
