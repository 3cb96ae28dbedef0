import TestSupport
import Testing

@testable import SourceFingerprinting

@Suite struct LexerTests {
  private func texts(_ source: String) throws -> [String] {
    let bytes = Array(source.utf8)
    return try #require(Lexer.tokens(of: bytes)).map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  private func names(_ source: String) throws -> [String] {
    let bytes = Array(source.utf8)
    return try #require(Lexer.tokens(of: bytes)).filter { $0.kind == .identifier }.map {
      String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }

  @Test(arguments: [
    (#"a /* b /* c */ d */ e // f"#, ["a", "e"]),
    (#"let x = "a \(b + "c \(d)") e""#, ["let", "x", "b", "d"]),
    (##"let x = #"a \(b) \#(c) " d"#"##, ["let", "x", "c"]),
    ("let x = \"\"\"\n  a \"b\" \\(c) \\\"\"\"\n  \"\"\"; y", ["let", "x", "c", "y"]),
    (##"let x = #"""#; y"##, ["let", "x", "y"]),
    (#"let x = /a "b/; y"#, ["let", "x", "y"]),
    (#"let x = a / b; let y = c / d"#, ["let", "x", "a", "b", "let", "y", "c", "d"]),
    ("let x = #/a \n \"b/#; y", ["let", "x", "y"]),
    ("let `default` = 1; größe≠other", ["let", "`default`", "größe", "other"]),
    ("#!/usr/bin/swift run\nx", ["x"]),
    ("@Step(\"a b\") func f() {}", ["Step", "func", "f"]),
    ("#if os(Linux)\nfoo\n#else\nbar\n#endif", ["if", "os", "Linux", "foo", "else", "bar", "endif"]),
    ("x.0.y + 0xE+z", ["x", "y", "z"]),
    ("f(\"\\(a, format: .b)\")", ["f", "a", "format", "b"]),
  ])
  func `names are told from comments and text`(source: String, expected: [String]) throws {
    #expect(try names(source) == expected)
  }

  @Test(arguments: ["\"open", "/* open", "\"\\(open\"", "#/open", "\"\"\"\nopen", "`open", "#\"open\"", "'c'"])
  func `what does not end is no Swift`(source: String) {
    #expect(Lexer.tokens(of: Array("a\n\(source)\nb".utf8)) == nil)
  }

  @Test func `bytes that are not UTF-8 are no Swift`() {
    #expect(Lexer.tokens(of: [0x61, 0xFF]) == nil)
  }

  @Test func `brackets must pair`() {
    #expect(TokenizedFile(Array("f(]".utf8)) == nil)
    #expect(TokenizedFile(Array("f() {".utf8)) == nil)
  }

  @Test func `any bytes are lexed or refused, and tokens cover what is not space`() {
    var generator = SeededGenerator(seed: 5)
    let alphabet = Array("ab \n\"\"\"##//**\\(){}[]`=+-.<>!?@,;:0x_é≠".utf8)
    for _ in 0..<20_000 {
      let length = Int.random(in: 0..<24, using: &generator)
      let bytes = (0..<length).map { _ in
        Int.random(in: 0..<50, using: &generator) == 0
          ? UInt8.random(in: 0...255, using: &generator) : alphabet.randomElement(using: &generator) ?? 0
      }
      guard let tokens = Lexer.tokens(of: bytes) else { continue }
      var last = 0
      for token in tokens {
        #expect(token.range.lowerBound >= last && !token.range.isEmpty && token.range.upperBound <= bytes.count)
        last = token.range.upperBound
      }
      if let file = TokenizedFile(bytes) { _ = DeclarationReader.declarations(of: file) }
    }
  }

  @Test func `deep nesting is refused`() {
    let deep = String(repeating: "\"\\(", count: 10_000)
    #expect(Lexer.tokens(of: Array(deep.utf8)) == nil)
  }

  /// Between any two tokens on a line white space and comments may grow where there are some.
  @Test func `space and comments between tokens do not change the digest`() throws {
    let source = """
      import Foundation

      public struct Word<Letter: Sequence> : Hashable {
        let text = "a // b \\(1 + 2) /* c */"
        func cut(_ from : Int , to end : Int = 3) -> [String] {
          guard from < end , !isEmpty else { return [ #"raw \\#(end)"# ] }
          return text . split { $0 == "x" } . map ( String . init )
        }
      }
      """
    let expected = digest(of: source)
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      let bytes = Array(source.utf8)
      var changed: [UInt8] = []
      var last = 0
      for token in try #require(Lexer.tokens(of: bytes)) {
        let gap = bytes[last..<token.range.lowerBound]
        changed += gap
        if !gap.isEmpty, Bool.random(using: &generator) {
          changed += Array((["  ", "\t", "/* x */ ", "/*/**/*/ "].randomElement(using: &generator) ?? "").utf8)
        }
        changed += bytes[token.range]
        last = token.range.upperBound
      }
      let text = String(decoding: changed, as: UTF8.self)
      #expect(digest(of: text) == expected, "\(text)")
    }
  }

  private func digest(of source: String) -> [UInt8] {
    let file = SourceFile(module: 0, label: "A", bytes: Array(source.utf8))
    var unit = SourceUnit(file: 0, module: 0, label: "A")
    unit.tokens = file.tokenized.map { [$0.tokens.indices] } ?? []
    return UnitDigest.digest(of: unit, in: file)
  }
}
