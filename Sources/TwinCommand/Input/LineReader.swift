import Foundation
import Pipelines

/// The lines of an input, in the batches in which they come: a slow writer gets an answer to each line, and of a large
/// file only a part is in memory.
///
/// A line ends at a line feed only, which is no part of it; carriage returns, NUL and U+2028 are text. The last line
/// needs no line feed.
struct LineReader {
  /// The most bytes of a line.
  static let limit = 16 << 20

  private let input: InputReader
  private var rest: [UInt8] = []
  private var count = 0
  private var isAtEnd = false
  private var pendingError: InputError?

  /// Takes an input that nothing was read of.
  init(_ input: InputReader) {
    self.input = input
  }

  /// The next lines, at least one; nil at the end.
  ///
  /// - Throws: ``InputError``, for a bad line only after all lines before it were given; `CancellationError`.
  mutating func next() async throws -> [String]? {
    while true {
      if let pendingError { throw pendingError }
      if isAtEnd { return nil }
      let lines = take(from: try await input.read())
      if !lines.isEmpty { return lines }
    }
  }

  /// The lines that `bytes` complete; no bytes are the end.
  private mutating func take(from bytes: [UInt8]) -> [String] {
    var lines: [String] = []
    var start = 0
    while pendingError == nil, let end = bytes[start...].firstIndex(of: 0x0A) {
      append(rest.isEmpty ? bytes[start..<end] : (rest + bytes[start..<end])[...], to: &lines)
      rest = []
      start = end + 1
    }
    rest += bytes[start...]
    if bytes.isEmpty {
      isAtEnd = true
      if !rest.isEmpty { append(rest[...], to: &lines) }
    }
    if rest.count > Self.limit, pendingError == nil {
      pendingError = .lineTooLong(name: input.name, line: count + 1, limit: Self.limit)
    }
    return lines
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>, to lines: inout [String]) {
    count += 1
    if let line = String(validating: bytes, as: UTF8.self) {
      lines.append(line)
    } else {
      pendingError = .notUTF8(name: input.name, line: count, byte: firstInvalidByte(Array(bytes)) + 1)
    }
  }
}
