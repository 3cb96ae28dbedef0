/// The items of a streamed body, as they come.
public struct ParsedBody<Parser: StreamParser>: AsyncSequence, Sendable {
  private let body: HTTPBody
  private let parser: Parser

  init(_ body: HTTPBody, _ parser: Parser) {
    self.body = body
    self.parser = parser
  }

  /// Begins to read; like the body, the items can be read once.
  public func makeAsyncIterator() -> Iterator { Iterator(bytes: body.makeAsyncIterator(), parser: parser) }

  /// Reads items.
  public struct Iterator: AsyncIteratorProtocol {
    private var bytes: HTTPBody.Iterator
    private var parser: Parser
    private var ready: ArraySlice<Parser.Element> = []
    private var isAtEnd = false

    fileprivate init(bytes: HTTPBody.Iterator, parser: Parser) {
      self.bytes = bytes
      self.parser = parser
    }

    /// The next item; nil at the end.
    ///
    /// - Throws: ``HTTPError``, or `CancellationError`.
    public mutating func next() async throws -> Parser.Element? {
      while ready.isEmpty && !isAtEnd {
        if let chunk = try await bytes.next() {
          ready = try parser.parse(chunk)[...]
        } else {
          isAtEnd = true
          ready = try parser.finish()[...]
        }
      }
      return ready.popFirst()
    }
  }
}

extension HTTPBody {
  /// The items that a parser reads out of the body.
  public func parsed<Parser: StreamParser>(by parser: Parser) -> ParsedBody<Parser> { ParsedBody(self, parser) }

  /// The body's lines: one JSON document each, when it is NDJSON.
  public var lines: ParsedBody<LineParser> { parsed(by: LineParser()) }

  /// The body's server-sent events.
  public var events: ParsedBody<ServerSentEventParser> { parsed(by: ServerSentEventParser()) }
}
