import TestSupport
import Testing

@testable import Warehouse

@Suite struct JSONRowScannerTests {
  private let texts = [
    "[{\"a\": \"]},{\\\"\"}, [1, 2], 3 ,\n{\"b\": {\"c\": []}}] trailing", "{\"a\":1}\n\n{\"b\":\"\\n\"}\r\nx\n",
    "[]", "", "\u{FEFF}[{\"a\":1}]", "[{\"a\": \"open", "\n\n  [1,\n2]", "{\"last\":1}", "[1]\n[2, 3]", "[1, }, {}, ]",
    "{\n  \"a\": \"}\\\"{\"\n}\n\n{ \"b\":\n [{}\n]}{}\nx\n{}", "{\"a\":\n\n{\"b\":1}\n{}",
    "{\n\"a\":[\n{\n}\n]\n}\n{\n",
  ]

  @Test func `rows do not depend on how the file is cut`() {
    var generator = SeededGenerator(seed: 6)
    for text in texts + (0..<200).map({ _ in random(&generator) }) {
      let bytes = Array(text.utf8)
      let whole = rows(of: [bytes])
      for _ in 0..<10 { #expect(rows(of: cut(bytes, &generator)) == whole, "\(text)") }
    }
  }

  @Test func `a file can be read on behind any row`() {
    var generator = SeededGenerator(seed: 7)
    for text in texts + (0..<200).map({ _ in random(&generator) }) {
      let bytes = Array(text.utf8)
      let whole = rows(of: [bytes])
      for (index, row) in whole.enumerated() where row.content != .cutShort {
        let rest = rows(of: [Array(bytes[row.next.offset...])], at: row.next)
        #expect(rest == Array(whole[(index + 1)...]), "\(text) from \(row.next.offset)")
      }
    }
  }

  @Test func `a row's place in the file is where its bytes are`() {
    var generator = SeededGenerator(seed: 8)
    for text in texts + (0..<200).map({ _ in random(&generator) }) {
      let bytes = Array(text.utf8)
      for row in rows(of: [bytes]) {
        guard case .bytes(let content) = row.content else { continue }
        #expect(Array(bytes[row.offset..<row.offset + content.count]) == content, "\(text)")
      }
    }
  }

  @Test func `lines and elements are numbered, and what is behind an array is one more row`() {
    #expect(rows(of: [Array(texts[0].utf8)]).map(\.number) == [1, 2, 3, 4, 5])
    #expect(rows(of: [Array(texts[1].utf8)]).map(\.number) == [1, 3, 4])
    #expect(rows(of: [Array("[1]\n[2, 3]".utf8)]).map(\.number) == [1, 2, 3])
    #expect(rows(of: [Array("[1]\n[2, 3]".utf8)]).map(\.isElement) == [true, true, true])
  }

  @Test func `objects over several lines are rows, numbered by their first lines`() {
    let found = rows(of: [Array("\n{\n  \"a\": [\n    {}\n  ]\n}\n\n{\"b\": \"}\"}  {\n \"c\": 1}\nx }\n{}".utf8)])
    #expect(found.map(\.number) == [2, 8, 8, 10, 11])
    #expect(found.allSatisfy { !$0.isElement })
    let texts = found.map {
      if case .bytes(let bytes) = $0.content { String(decoding: bytes, as: UTF8.self) } else { "" }
    }
    #expect(texts == ["{\n  \"a\": [\n    {}\n  ]\n}", "{\"b\": \"}\"}", "{\n \"c\": 1}", "x }", "{}"])
  }

  @Test(arguments: ["{\"a\": \"torn", "{\"a\": {\"b\":", "{\"a\": ["])
  func `a torn first line makes no objects of lines`(torn: String) {
    let found = rows(of: [Array("\(torn)\n{\"b\":1}\n\n{\"c\":2}".utf8)])
    #expect(found.map(\.number) == [1, 2, 4])
    #expect(found.last?.next.shape == .lines)
    #expect(found[1].content == .bytes(Array("{\"b\":1}".utf8)))
  }

  @Test func `a torn object over several lines spoils no other`() {
    let good = "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n"
    for cut in 1..<good.utf8.count - 2 {
      let found = rows(of: [Array((good + good.prefix(cut) + "\n" + good + good).utf8)])
      let whole = Array(good.dropLast().utf8)
      #expect(found.count(where: { $0.content == .bytes(whole) }) == 3, "cut at \(cut)")
      #expect(found.map(\.number).first == 1 && found.map(\.number).dropFirst().first == 6)
    }
  }

  @Test func `where nothing is indented, a brace that begins a line may be an element`() {
    let object = "{\n\"a\": [\n{\n\"b\": 1\n},\n{}\n]\n}"
    #expect(rows(of: [Array("\(object)\n\(object)".utf8)]).map(\.number) == [1, 9])
  }

  @Test func `one bracket too many spoils one row`() {
    let found = rows(of: [Array("[1, }, {}]".utf8)])
    #expect(found.map(\.content) == [.bytes(Array("1".utf8)), .bytes(Array(" }".utf8)), .bytes(Array(" {}".utf8))])
  }

  @Test func `an array without an end is said to be cut short`() {
    let found = rows(of: [Array("[{\"a\":1}".utf8)])
    #expect(found.map(\.content) == [.bytes(Array("{\"a\":1}".utf8)), .cutShort])
    #expect(rows(of: [Array("[1,".utf8)]).map(\.content) == [.bytes(Array("1".utf8)), .cutShort])
  }

  @Test func `a row that is too long is dropped, and those around it are not`() {
    let long = Array(repeating: UInt8(ascii: "x"), count: 1001)
    let lines = Array("a\n".utf8) + long + Array("\nb\n".utf8)
    let found = rows(of: lines.map { [$0] }, limit: 1000)
    #expect(found.map(\.content) == [.bytes(Array("a".utf8)), .tooLong(1001), .bytes(Array("b".utf8))])
    let exact = rows(of: [Array(long.dropFirst()) + Array("\n".utf8)], limit: 1000)
    #expect(exact.map(\.content) == [.bytes(Array(long.dropFirst()))])
  }

  @Test func `any depth of nesting is one row of bounded length`() {
    let deep = Array(repeating: UInt8(ascii: "["), count: 200_000)
    let found = rows(of: [deep], limit: 1000)
    #expect(found.map(\.content) == [.tooLong(199_999), .cutShort])
    let line = Array("{\"a\":".utf8) + deep + Array("\n{}\n".utf8)
    #expect(rows(of: [line], limit: 1000).map(\.number) == [1, 2])
  }

  /// Text of the characters that matter to the scanner.
  private func random(_ generator: inout SeededGenerator) -> String {
    let alphabet = Array("[]{},:\"\\\n\r a1é")
    let length = Int.random(in: 0...60, using: &generator)
    let body = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? " " }
    return (Bool.random(using: &generator) ? "[" : "") + String(body)
  }

  private func cut(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [[UInt8]] {
    var rest = bytes[...]
    var pieces: [[UInt8]] = []
    while !rest.isEmpty {
      let count = Int.random(in: 1...4, using: &generator)
      pieces.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return pieces
  }

  private func rows(
    of pieces: [[UInt8]], at position: JSONRowScanner.Position = .init(), limit: Int = 1 << 20
  ) -> [JSONRow] {
    var scanner = JSONRowScanner(at: position, limit: limit)
    return pieces.flatMap { scanner.scan($0) } + scanner.finish()
  }
}
