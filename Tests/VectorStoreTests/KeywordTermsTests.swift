import Foundation
import TestSupport
import Testing

@testable import VectorStore

@Suite struct KeywordTermsTests {
  @Test(arguments: [
    ("Hello, World!", ["hello", "world"]),
    ("getUserName2", ["getusername2", "get", "user", "name", "2"]),
    ("HTTPServer", ["httpserver", "http", "server"]),
    ("parseHTML5Page", ["parsehtml5page", "parse", "html", "5", "page"]),
    ("sha256", ["sha256", "sha", "256"]),
    ("snake_case", ["snakecase", "snake", "case"]),
    ("__init__", ["init"]),
    ("max__value", ["maxvalue", "max", "value"]),
    ("kebab-case-name", ["kebabcasename", "kebab", "case", "name"]),
    ("os.path.join", ["os.path.join", "os", "path", "join"]),
    ("user_name.first-part", ["username.firstpart", "username", "user", "name", "firstpart", "first", "part"]),
    ("node.js.", ["node.js", "node", "js"]),
    ("release 2026.11", ["release", "2026.11", "2026", "11"]),
    ("2026-11-21", ["2026", "11", "21"]),
    ("end. Next", ["end", "next"]),
    ("std::vector<int>", ["std", "vector", "int"]),
    ("C++ and C# and F#.", ["c", "c++", "and", "c", "c#", "and", "f", "f#"]),
    ("on .NET and ASP.NET", ["on", "net", ".net", "and", "asp.net", "asp", "net"]),
    ("#hashtag @name a+b", ["hashtag", "name", "a", "b"]),
    ("don't doesn’t", ["dont", "don", "t", "doesnt", "doesn", "t"]),
    ("a@example.org", ["a", "example.org", "example", "org"]),
    (" -- ... ''", []),
    ("", []),
  ])
  func `words and names are given whole and in parts`(text: String, expected: [String]) {
    #expect(keywordTerms(of: text) == expected)
  }

  @Test(arguments: [
    ("Straße STRASSE", ["strasse", "strasse"]),
    ("Über naïve café cafe\u{301}", ["uber", "naive", "cafe", "cafe"]),
    ("Ёлка елка Мой мои", ["елка", "елка", "мой", "мои"]),
    ("ΠΌΛΙΣ πόλις πολισ", ["πολισ", "πολισ", "πολισ"]),
    ("İstanbul ISTANBUL ıstanbul", ["istanbul", "istanbul", "istanbul"]),
    ("ﬁle ＡＢＣ x²", ["file", "abc", "x2", "x", "2"]),
    ("한국어를", ["한국어를", "한국", "국어", "어를"]),
    ("向量 数据库", ["向", "向量", "量", "数", "数据", "据", "据库", "库"]),
    ("ガ ｶﾞ", ["ガ", "ガ"]),
    ("iPhone用户", ["iphone", "i", "phone", "用", "用户", "户"]),
    ("हिन्दी पाठ", ["हिन्दी", "पाठ"]),
    ("مُحَمَّد محمد", ["محمد", "محمد"]),
    ("co\u{AD}operate", ["cooperate"]),
    ("\u{301}orphaned", ["orphaned"]),
    ("emoji🚀joined", ["emoji", "joined"]),
    ("ПриветМир", ["приветмир", "привет", "мир"]),
    ("Größe2", ["grosse2", "grosse", "2"]),
  ])
  func `any script is folded as its readers do`(text: String, expected: [String]) {
    // Whether a pair comes before or after the character that ends it is of no interest.
    #expect(keywordTerms(of: text).sorted() == expected.sorted())
  }

  @Test func `every way to write a name finds every other`() {
    let ways = ["userName", "UserName", "user_name", "user-name", "USER_NAME", "username"]
    for way in ways { #expect(keywordTerms(of: way).first == "username") }
  }

  @Test func `what is folded quickly is folded as by Unicode's tables`() throws {
    for value in UInt32(0x80)..<0x10000 {
      guard let scalar = Unicode.Scalar(value), [.letter, .digit, .unspaced].contains(KeywordCharacter(scalar)) else {
        continue
      }
      var word = "a\(scalar)"
      let quick = word.withUTF8 { foldedCommonKeyword($0) }
      if let quick { #expect(quick == foldedAnyKeyword(word), "\(scalar.escaped(asASCII: true))") }
    }
  }

  @Test func `the terms of any text hold nothing that would part them, and end`() {
    var random = SeededGenerator(seed: 7)
    let alphabet: [Character] = Array("aB3_-.'’+#/ \n🚀é\u{301}ßΣς字か゛한글अ्पﷺ½\u{200D}\u{AD}Ё")
    for _ in 0..<2000 {
      let length = Int.random(in: 0...40, using: &random)
      let text = String((0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
      let terms = keywordTerms(of: text)
      for term in terms {
        #expect(!term.isEmpty && term.utf8.count <= KeywordScanner.maximumLength)
        let others = Set(".+#".utf8)
        #expect(term.utf8.allSatisfy { $0 >= 0x80 || $0.isASCIIDigit || $0.isASCIILowercase || others.contains($0) })
      }
      #expect(keywordWords(of: text).flatMap(\.terms) == terms)
    }
  }

  @Test func `what is endless is cut, and what is a key is not taken apart`() {
    let long = String(repeating: "x", count: 1000)
    #expect(keywordTerms(of: long) == [String(repeating: "x", count: 64)])
    #expect(keywordTerms(of: String(repeating: "é", count: 100)) == [String(repeating: "e", count: 64)])
    #expect(keywordTerms(of: String(repeating: "ж", count: 100)) == [String(repeating: "ж", count: 32)])
    #expect(keywordTerms(of: "9f86d081884c7d659a2feaa0c55ad015").count == 1)
    #expect(keywordTerms(of: Array(repeating: "ab", count: 100).joined(separator: "-")).count < 120)
  }

  @Test func `words stand where they say`() {
    let text = "The C++ `userName`, 数据 and .NET"
    let bytes = Array(text.utf8)
    let words = keywordWords(of: text)
    #expect(
      words.map { String(decoding: bytes[$0.range], as: UTF8.self) } == [
        "The", "C++", "userName", "数", "据", "and", ".NET",
      ])
    #expect(words[2].terms == ["username", "user", "name"])
  }

  @Test func `a plain word has the term that a capital at its beginning leaves it`() {
    // Words of small letters are read by a shorter way than others.
    var random = SeededGenerator(seed: 27)
    let pieces = ["word", "a", "net", "c", " ", " ", ".", "-", "'", "_", "#", "+", "++", "7", ",", "é", "的", "’", "\n"]
    for _ in 0..<2000 {
      let parts = (0..<8).map { _ in pieces.randomElement(using: &random) ?? "" }
      let text = parts.joined()
      // What follows a letter at once is the same word's.
      let capital = zip(parts, [" "] + parts).map { part, before in
        before.last?.isLetter == true ? part : part.prefix(1).uppercased() + part.dropFirst()
      }
      #expect(keywordTerms(of: text) == keywordTerms(of: capital.joined()), "\(text)")
    }
  }
}
