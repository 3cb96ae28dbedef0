/// Cuts a stream into lines, as NDJSON needs it: LF or CRLF ends a line, blank lines are left out, and the last line
/// needs no end.
public struct LineParser: StreamParser {
  /// The longest line, in bytes.
  public let maximumBytes: Int
  private var partial: [UInt8] = []

  /// Makes a parser at the beginning of a stream.
  public init(maximumBytes: Int = 1024 * 1024) { self.maximumBytes = maximumBytes }

  /// Takes the next bytes and gives the lines that they complete.
  ///
  /// - Throws: ``HTTPError/streamItemTooLarge(limit:)``.
  public mutating func parse(_ bytes: [UInt8]) throws -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      try take(rest[..<end])
      lines += completeLine()
      rest = rest[(end + 1)...]
    }
    try take(rest)
    return lines
  }

  /// The last line, if it had no end.
  public mutating func finish() -> [[UInt8]] { completeLine() }

  private mutating func take(_ bytes: ArraySlice<UInt8>) throws {
    guard partial.count + bytes.count <= maximumBytes else { throw HTTPError.streamItemTooLarge(limit: maximumBytes) }
    partial += bytes
  }

  /// The line that is complete now, unless it is blank.
  private mutating func completeLine() -> [[UInt8]] {
    defer { partial.removeAll(keepingCapacity: true) }
    if partial.last == UInt8(ascii: "\r") { partial.removeLast() }
    let isBlank = partial.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return isBlank ? [] : [partial]
  }
}
