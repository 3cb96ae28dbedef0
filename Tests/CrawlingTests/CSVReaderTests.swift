import Crawling
import TestSupport
import Testing

@Suite struct `The CSV reader` {
  private func rows(_ text: String, escape: CSVReader.QuoteEscape = .doubling) throws -> [[String]] {
    var reader = CSVReader(Array(text.utf8), escape: escape)
    var rows: [[String]] = []
    while let row = try reader.next() { rows.append(row) }
    return rows
  }

  @Test func `it reads RFC 4180 and what exports make of it`() throws {
    #expect(try rows("a,b\r\n1,\"x,\"\"y\"\"\r\nz\"\r\n") == [["a", "b"], ["1", "x,\"y\"\r\nz"]])
    #expect(try rows("\u{FEFF}a,b\n,\n") == [["a", "b"], ["", ""]])
    #expect(try rows("a\rb") == [["a"], ["b"]])
    #expect(try rows("No conversations found") == [["No conversations found"]])
    #expect(try rows("it's 5\" wide,\"x\" y\n") == [["it's 5\" wide", "x y"]])
    #expect(try rows("") == [])
    #expect(try rows("a,b,\n") == [["a", "b", ""]])
  }

  @Test func `backslashes escape quotes only in that mode`() throws {
    #expect(try rows(#""say \"hi\"",2"#, escape: .backslashOrDoubling) == [[#"say "hi""#, "2"]])
    #expect(try rows(#""a\\",""b""#, escape: .backslashOrDoubling) == [[#"a\"#, "b\""]])
    #expect(try rows(#""C:\","b""#) == [[#"C:\"#, "b"]])
  }

  @Test func `a quote that never closes names its line, and the rows before it stand`() throws {
    var reader = CSVReader(Array("a\n\"x\ny\"\nb\n\"never\nends".utf8))
    #expect(try reader.next() == ["a"])
    #expect(try reader.next() == ["x\ny"])
    #expect(reader.line == 2)
    #expect(try reader.next() == ["b"])
    #expect(throws: CSVReader.Failure.unclosedQuote(line: 5)) { try reader.next() }
  }

  @Test func `what is written comes back`() throws {
    var random = SeededGenerator(seed: 4180)
    let parts = ["a", "\"", ",", "\n", "\r\n", "\\", " ", "é", "🙂", "\"\"", "x"]
    for _ in 0..<2_000 {
      let columns = Int.random(in: 1...4, using: &random)
      let table = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (0..<columns).map { _ in
          (0..<Int.random(in: 0...6, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
        }
      }
      let lineEnd = Bool.random(using: &random) ? "\n" : "\r\n"
      let written = table.map { row in
        row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
      }.joined(separator: lineEnd)
      #expect(try rows(written) == table)
      let backslashed = table.map { row in
        row.map { "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" }.joined(separator: ",")
      }.joined(separator: lineEnd)
      #expect(try rows(backslashed, escape: .backslashOrDoubling) == table)
    }
  }

  @Test func `no bytes make it crash or loop`() {
    var random = SeededGenerator(seed: 99)
    let alphabet = Array("\",\n\r\\a\u{FEFF}".utf8)
    for _ in 0..<5_000 {
      let bytes = (0..<Int.random(in: 0...20, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      var reader = CSVReader(bytes, escape: Bool.random(using: &random) ? .doubling : .backslashOrDoubling)
      var count = 0
      while (try? reader.next()) ?? nil != nil { count += 1 }
      #expect(count <= bytes.count)
    }
  }

  @Test(arguments: [
    ("plain", "plain"),
    ("one\ntwo", "one\ntwo"),
    ("Line 1\"\n\"Line 2\"\n\"\"\n\"Line 4", "Line 1\nLine 2\n\nLine 4"),
    ("Line 1\"\r\n\"Line 2", "Line 1\nLine 2"),
    ("\"Line 1\"\n\"Line 2\"", "Line 1\nLine 2"),
    ("say \"\"hi\"\"\"\n\"and go", "say \"hi\"\nand go"),
    ("He said \"no\"\nand \"yes\"\n\"maybe\"", "He said \"no\"\nand \"yes\"\n\"maybe\""),
    ("a \"quoted\" word", "a \"quoted\" word"),
    ("", ""),
  ])
  func `a commentary that was quoted line by line is unquoted, any other is left alone`(value: String, text: String) {
    #expect(decodedCommentary(value) == text)
  }
}
