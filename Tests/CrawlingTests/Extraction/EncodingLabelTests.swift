import Testing

@testable import Crawling

@Suite struct EncodingLabelTests {
  /// An encoding's labels in the Encoding Standard, and bytes that mean another character in its neighbours.
  struct Row: Sendable, CustomTestStringConvertible {
    let labels: String
    let bytes: [UInt8]
    let text: String

    init(_ labels: String, _ bytes: [UInt8], _ text: String) {
      self.labels = labels
      self.bytes = bytes
      self.text = text
    }

    var testDescription: String { String(labels.split(separator: " ").last ?? "") }
  }

  static let rows = [
    Row("unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf8 utf-8", [0xC3, 0xA9], "é"),
    Row("866 cp866 csibm866 ibm866", [0xAF, 0xE0], "пр"),
    Row("csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2 iso-8859-2", [0xB3], "ł"),
    Row("csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3 iso-8859-3", [0xB1], "ħ"),
    Row("csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4 iso-8859-4", [0xB3], "ŗ"),
    Row(
      "csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 iso-8859-5", [0xD0], "а"),
    Row(
      "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 "
        + "iso88596 iso_8859-6 iso_8859-6:1987 iso-8859-6", [0xC7], "ا"),
    Row(
      "csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 "
        + "sun_eu_greek iso-8859-7", [0xE1], "α"),
    Row(
      "csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual "
        + "csiso88598i iso-8859-8-i logical iso-8859-8", [0xE0], "א"),
    Row("csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6 iso-8859-10", [0xB1], "ą"),
    Row("iso8859-13 iso885913 iso-8859-13", [0xE0], "ą"), Row("iso8859-14 iso885914 iso-8859-14", [0xA1], "Ḃ"),
    Row("csisolatin9 iso8859-15 iso885915 iso_8859-15 l9 iso-8859-15", [0xA4], "€"), Row("iso-8859-16", [0xA5], "„"),
    Row("cskoi8r koi koi8 koi8_r koi8-r", [0xCD], "м"), Row("koi8-ru koi8-u", [0xA4], "є"),
    Row("csmacintosh mac x-mac-roman macintosh", [0x8E], "é"), Row("x-mac-ukrainian x-mac-cyrillic", [0xE0], "а"),
    Row("dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874", [0xA1], "ก"),
    Row("cp1250 x-cp1250 windows-1250", [0xB9], "ą"), Row("cp1251 x-cp1251 windows-1251", [0xEC], "м"),
    Row(
      "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 "
        + "iso_8859-1:1987 l1 latin1 us-ascii x-cp1252 windows-1252", [0x80], "€"),
    Row("cp1253 x-cp1253 windows-1253", [0xE1], "α"),
    Row(
      "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 x-cp1254 "
        + "windows-1254", [0xFD], "ı"),
    Row("cp1255 x-cp1255 windows-1255", [0xE0], "א"), Row("cp1256 x-cp1256 windows-1256", [0xC7], "ا"),
    Row("cp1257 x-cp1257 windows-1257", [0xE0], "ą"), Row("cp1258 x-cp1258 windows-1258", [0xF5], "ơ"),
    Row(
      "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030", [0xBA, 0xA3, 0x80], "海€"
    ),
    Row("big5-hkscs cn-big5 csbig5 x-x-big5 big5", [0xAE, 0xFC], "海"),
    Row("cseucpkdfmtjapanese x-euc-jp euc-jp", [0xB3, 0xA4], "海"),
    Row("csiso2022jp iso-2022-jp", [0x1B, 0x24, 0x42, 0x33, 0x24, 0x1B, 0x28, 0x42], "海"),
    Row("csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis shift_jis", [0x8A, 0x43], "海"),
    Row(
      "cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949 euc-kr",
      [0xB9, 0xD9], "바"),
    Row("x-user-defined", [0x80], "\u{F780}"),
    Row("csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr replacement", [0x61], "\u{FFFD}"),
  ]

  static let wide = [
    ("csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le", [0xE9, 0x00] as [UInt8]),
    ("unicodefffe utf-16be", [0x00, 0xE9]),
  ]

  private func decoded(_ bytes: [UInt8], _ label: some StringProtocol) -> String {
    String(decoding: PageDecoder.decode(bytes, contentType: "text/html; charset=\(label)"), as: UTF8.self)
  }

  @Test(arguments: rows) func `a label in a header names its encoding, whatever its case`(row: Row) {
    for label in row.labels.split(separator: " ") {
      #expect(decoded(row.bytes, label) == row.text)
      #expect(decoded(row.bytes, "\" \(label.uppercased()) \"") == row.text)
    }
  }

  @Test(arguments: wide) func `UTF-16 is known by its labels`(labels: String, bytes: [UInt8]) {
    for label in labels.split(separator: " ") { #expect(decoded(bytes, label) == "é") }
  }

  @Test func `there is a test of each label and no other label is known`() {
    let tested = (Self.rows.map(\.labels) + Self.wide.map(\.0)).flatMap { $0.split(separator: " ").map(String.init) }
    #expect(tested.count == 228)
    #expect(Set(tested) == Set(EncodingLabels.table.keys))
    for label in ["", "utf", "utf-7", "iso-8859-12", "windows-1259", "cp125x", "iso-8859-1x", "gb18030 x"] {
      #expect(CharacterEncoding(label: label) == nil)
    }
  }

  @Test func `meta elements are found as the Standard finds them`() {
    func declared(_ head: String) -> CharacterEncoding? { MetaPrescan.encoding(of: Array(head.utf8)) }
    #expect(declared("<!-- <meta charset=koi8-r> --><META CHARSET='Big5'>") == .other("BIG5-HKSCS"))
    #expect(declared("<meta content='text/html; charset=koi8-r'>") == nil)
    #expect(declared("<meta content=\"text/html;charset=koi8-r\" http-equiv=Content-Type>") == .other("KOI8-R"))
    #expect(declared("<meta name=a content='charset=big5'/><meta/charset=koi8-r>") == .other("KOI8-R"))
    #expect(declared("<metadata charset=koi8-r>") == nil)
    #expect(declared("<p title='<meta charset=koi8-r>'>") == nil)
    #expect(declared("<meta charset=utf-16le>") == .utf8)
    #expect(declared("<meta charset=x-user-defined>") == .windows1252)
    #expect(declared("<script>'<meta charset=big5>'</script><meta charset=koi8-r>") == .other("KOI8-R"))
    #expect(declared("<script>" + String(repeating: "x", count: 3000) + "</script><meta charset=koi8-r>") != nil)
    #expect(declared("<body><meta charset=koi8-r>") == nil)
    for cut in ["<", "<!", "<!--", "<meta", "<meta ", "<meta charset", "<meta charset=", "<meta charset='koi8", "</"] {
      #expect(declared(cut) == nil)
    }
  }
}
