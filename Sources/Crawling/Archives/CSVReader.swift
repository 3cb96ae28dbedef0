/// Reads comma-separated values from bytes, a row at a time (RFC 4180).
///
/// Beyond the RFC it takes what exports hold: a byte order mark, rows that end in LF or CR alone, a quote inside an
/// unquoted field as itself, and text after a closing quote as part of the field.
package struct CSVReader: Sendable {
  /// How a quote is written inside a quoted field.
  package enum QuoteEscape: Sendable {
    /// Twice, as the RFC says.
    case doubling
    /// Twice, or after a backslash; a backslash before a backslash is one.
    case backslashOrDoubling
  }

  /// What is wrong with a file.
  package enum Failure: Error, Hashable {
    /// The quote that opens in this row never closes; `line` counts from 1.
    case unclosedQuote(line: Int)
  }

  private let bytes: [UInt8]
  private let escape: QuoteEscape
  private var position = 0
  /// The line on which the row that ``next()`` gave last begins, from 1.
  package private(set) var line = 0
  private var nextLine = 1

  /// Takes a file's bytes.
  package init(_ bytes: [UInt8], escape: QuoteEscape = .doubling) {
    self.bytes = bytes
    self.escape = escape
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The fields of the next row; nil at the end. A row without a byte is skipped.
  ///
  /// - Throws: ``Failure``; the rows before it stand.
  package mutating func next() throws(Failure) -> [String]? {
    while position < bytes.count, isLineBreak(bytes[position]) { skipLineBreak() }
    guard position < bytes.count else { return nil }
    line = nextLine
    var row: [String] = []
    while true {
      row.append(try field())
      guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
      position += 1
    }
    skipLineBreak()
    return row
  }

  private mutating func field() throws(Failure) -> String {
    var field: [UInt8] = []
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { try quoted(into: &field) }
    while position < bytes.count, bytes[position] != UInt8(ascii: ","), !isLineBreak(bytes[position]) {
      field.append(bytes[position])
      position += 1
    }
    return String(decoding: field, as: UTF8.self)
  }

  private mutating func quoted(into field: inout [UInt8]) throws(Failure) {
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      let following = position + 1 < bytes.count ? bytes[position + 1] : nil
      if byte == UInt8(ascii: "\\"), escape == .backslashOrDoubling,
        following == UInt8(ascii: "\"") || following == byte
      {
        field.append(following ?? byte)
        position += 2
      } else if byte == UInt8(ascii: "\""), following == byte {
        field.append(byte)
        position += 2
      } else if byte == UInt8(ascii: "\"") {
        position += 1
        return
      } else {
        // A CR LF pair is counted at its LF.
        if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && following != UInt8(ascii: "\n")) {
          nextLine += 1
        }
        field.append(byte)
        position += 1
      }
    }
    throw .unclosedQuote(line: line)
  }

  private mutating func skipLineBreak() {
    guard position < bytes.count, isLineBreak(bytes[position]) else { return }
    let isPair =
      bytes[position] == UInt8(ascii: "\r") && position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "\n")
    position += isPair ? 2 : 1
    nextLine += 1
  }

  private func isLineBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}
