import HTTP
import TestSupport
import Testing

struct ParserTests {
  private func parse<Parser: StreamParser>(_ parser: Parser, _ pieces: [[UInt8]]) throws -> [Parser.Element] {
    var parser = parser
    var items: [Parser.Element] = []
    for piece in pieces { items += try parser.parse(piece) }
    return try items + parser.finish()
  }

  private func events(_ text: String) throws -> [ServerSentEvent] {
    try parse(ServerSentEventParser(), [Array(text.utf8)])
  }

  @Test(arguments: [
    ("data: a\n\n", ["a"]), ("data:a\n\n", ["a"]), ("data:  a\n\n", [" a"]), ("data\n\n", [""]), ("data:\n\n", [""]),
    ("data\ndata\n\n", ["\n"]), (": comment\n\n", []), ("data: a\n", []), ("\n\n\ndata: a\n\n\n", ["a"]),
    ("\u{feff}data: a\n\n", ["a"]), ("data: a\n\n\u{feff}data: b\n\n", ["a"]), ("data: a\r\rdata: b\r\r", ["a", "b"]),
    ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]), ("Data: a\n\n", []), ("data : a\n\n", []),
    ("event: x\n\ndata: a\n\n", ["a"]), ("data: a:b\n\n", ["a:b"]),
  ])
  func `events are read as the standard says`(text: String, expected: [String]) throws {
    #expect(try events(text).map(\.data) == expected)
  }

  @Test func `type and id belong to events as the standard says`() throws {
    let text = "event: x\nid: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\nid: 2\n\nid: bad\0id\ndata: d\n\n"
    #expect(
      try events(text) == [
        ServerSentEvent(type: "x", data: "a", lastEventID: "1"), ServerSentEvent(data: "b", lastEventID: "1"),
        ServerSentEvent(data: "c"), ServerSentEvent(data: "d", lastEventID: "2"),
      ])
  }

  @Test func `a reconnection time is digits only`() throws {
    var parser = ServerSentEventParser()
    _ = try parser.parse(Array("retry: 1500\nretry: 20s\nretry:\nretry: 99999999999999999999\n".utf8))
    #expect(parser.reconnectionTime == 1500)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `events are the same wherever the stream is cut`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let ends = ["\n", "\r", "\r\n"]
    let words = ["", "a", "é😀", "x: y", ": ", "data", "{\"t\":1}"]
    var expected: [ServerSentEvent] = []
    var text = Bool.random(using: &generator) ? "\u{feff}" : ""
    for _ in 0..<Int.random(in: 1...5, using: &generator) {
      // One kind of line end in an event: CR and then LF would be one end.
      let end = ends.randomElement(using: &generator) ?? "\n"
      let lines = (0..<Int.random(in: 1...3, using: &generator)).map { _ in words.randomElement(using: &generator) ?? ""
      }
      let type = Bool.random(using: &generator) ? "delta" : nil
      text += (type.map { "event: \($0)\(end)" } ?? "") + lines.map { "data: \($0)\(end)" }.joined() + ":\(end)\(end)"
      expected.append(ServerSentEvent(type: type ?? "message", data: lines.joined(separator: "\n")))
    }
    try expectSame(ServerSentEventParser(), text, expected)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `lines are the same wherever the stream is cut`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let words = ["{}", "{\"ä\":\"😀\"}", "[1,2]", "\"a\rb\""]
    var expected: [[UInt8]] = []
    var text = ""
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      let word = words.randomElement(using: &generator) ?? ""
      expected.append(Array(word.utf8))
      text += word + (["\n", "\r\n", "\n\n", "\r\n \t\n"].randomElement(using: &generator) ?? "\n")
    }
    if Bool.random(using: &generator) {
      text += "last"
      expected.append(Array("last".utf8))
    }
    try expectSame(LineParser(), text, expected)
  }

  /// Whole, byte by byte, and cut in two at each place.
  private func expectSame<Parser: StreamParser>(
    _ parser: Parser, _ text: String, _ expected: [Parser.Element]
  ) throws where Parser.Element: Equatable {
    let bytes = Array(text.utf8)
    #expect(try parse(parser, [bytes]) == expected)
    #expect(try parse(parser, bytes.map { [$0] }) == expected)
    for cut in 0...bytes.count {
      #expect(try parse(parser, [Array(bytes[..<cut]), [], Array(bytes[cut...])]) == expected)
    }
  }

  @Test func `an item that does not end is refused`() throws {
    #expect(throws: HTTPError.streamItemTooLarge(limit: 10)) {
      try parse(LineParser(maximumBytes: 10), [Array("12345".utf8), Array("678901".utf8)])
    }
    #expect(throws: HTTPError.streamItemTooLarge(limit: 20)) {
      try parse(ServerSentEventParser(maximumBytes: 20), [Array("data: 12345\ndata: 12345\n\n".utf8)])
    }
    #expect(try parse(LineParser(maximumBytes: 10), [Array("1234567890\n1234567890".utf8)]).count == 2)
  }
}
