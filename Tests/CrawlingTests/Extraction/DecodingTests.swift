import Crawling
import Testing

@Suite struct DecodingTests {
  private let extractor = Extractor()

  /// A page whose one special word is given in bytes.
  private func page(_ word: [UInt8], meta: String = "") -> [UInt8] {
    Array("<html><head>\(meta)</head><body><article>\(Pages.prose)<p>The word ".utf8) + word
      + Array(" ends this sentence, which is long enough to be kept.</p></article></body></html>".utf8)
  }

  @Test func `the HTTP header decides over the meta element`() throws {
    let bytes = page([0xE9], meta: "<meta charset='koi8-r'>")
    let text = try extractor.extract(html: bytes, contentType: "text/html; charset=\"ISO-8859-1\"").text
    #expect(text.contains("The word é ends"))
  }

  @Test(
    arguments: [
      ("<meta charset=windows-1251>", [0xEC, 0xE8, 0xF0], "\u{43C}\u{438}\u{440}"),
      ("<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'>", [0x8A, 0x43], "\u{6D77}"),
      ("<meta charset=gb2312>", [0xBA, 0xA3], "\u{6D77}"), ("<meta charset=iso-8859-2>", [0xB3], "\u{142}"),
      ("<meta charset=euc-kr>", [0xB9, 0xD9], "\u{BC14}"), ("<meta charset=latin1>", [0x93, 0x94], "\u{201C}\u{201D}"),
      ("", [0x93, 0xE9], "\u{201C}é"), ("", [0xC3, 0xA9], "é"),
    ] as [(String, [UInt8], String)])
  func `the meta element or the bytes themselves decide without a header`(
    meta: String, word: [UInt8], expected: String
  ) throws {
    #expect(try extractor.extract(html: page(word, meta: meta)).text.contains("The word \(expected) ends"))
  }

  @Test func `a byte order mark decides over everything`() throws {
    let text =
      "<html><body><article>\(Pages.prose)<p>The word é ends this sentence, which is long.</p></article></body></html>"
    let units = [0xFEFF] + Array(text.utf16)
    let bytes = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let page = try extractor.extract(html: bytes, contentType: "text/html; charset=koi8-r")
    #expect(page.text.contains("The word é ends"))
  }

  @Test func `broken UTF-8 is repaired`() throws {
    let text = try extractor.extract(html: page([0xC3, 0x28, 0xFF]), contentType: "text/html; charset=utf-8").text
    #expect(text.contains("The word \u{FFFD}(\u{FFFD} ends"))
  }

  @Test func `numeric references to C1 controls mean windows-1252`() throws {
    #expect(
      try extractor.extract(html: page(Array("&#150;&#x80;".utf8))).text.contains("The word \u{2013}\u{20AC} ends"))
  }

  @Test func `a comment that never ends does not swallow the page`() throws {
    let html = "<html><body><!-- a note without an end <article>\(Pages.prose)</article></body></html>"
    #expect(try Pages.extract(html).text.contains("fish sauce"))
  }

  @Test func `NUL bytes and the shortest comments do no harm`() throws {
    let html =
      "<html><body><!--><article>\(Pages.prose)<p>One\0word in a long sentence, after the comment.</p></article></body></html>"
    #expect(try Pages.extract(html).text.contains("One word in"))
  }

  @Test func `invisible and bidirectional characters are dropped`() throws {
    let text = try extractor.extract(html: page(Array("a\u{202E}b\u{200B}c\u{AD}d\u{E0041}e".utf8))).text
    #expect(text.contains("The word abcde ends"))
  }
}
