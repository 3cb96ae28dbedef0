import Foundation

/// Cuts a file of JSON into rows: the lines of JSON lines, or the elements of an array.
///
/// It does not judge JSON; it only has to find where a row ends, so that a bad row is one bad row. The first character
/// decides: `[` begins an array, behind which others may follow. A row that is longer than the limit is dropped and
/// reported as such, so that no file needs more memory than one row of that length.
struct JSONRowScanner {
  /// More than extended JSON needs for the largest document.
  static let maximumRowBytes = 4 * Warehouse.maximumDocumentBytes

  /// A place between two rows, from which a file can be read on.
  struct Position: Codable, Hashable, Sendable {
    /// What the bytes from here on are.
    enum Shape: String, Codable, Sendable {
      /// Nothing has been read but white space.
      case undecided
      /// Lines.
      case lines
      /// Elements of an array.
      case array
      /// White space behind an array, or another array.
      case ended
      /// What stands behind an array and is none: one row.
      case tail
    }

    /// The bytes before it.
    var offset = 0
    /// The number of the next row.
    var number = 1
    var shape = Shape.undecided
  }

  private let limit: Int
  private var position: Position
  /// The bytes of the file that were taken so far.
  private var consumed: Int
  private var row: [UInt8] = []
  /// Where the row begins, and how long it is so far; bytes that are not kept count, too.
  private var start = 0
  private var length = 0
  private var isBlank = true
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// - Parameter position: where in the file the first bytes are from.
  init(at position: Position = Position(), limit: Int = maximumRowBytes) {
    self.position = position
    self.limit = limit
    consumed = position.offset
  }

  /// Takes the next bytes of the file and gives the rows that end in them.
  mutating func scan(_ bytes: [UInt8]) -> [JSONRow] {
    var rows: [JSONRow] = []
    bytes.withUnsafeBytes { buffer in
      var index = 0
      while index < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[index...])
        let (count, found) = scanSome(rest)
        index += count
        if let found { rows.append(found) }
      }
    }
    return rows
  }

  /// Gives what is left at the end of the file.
  mutating func finish() -> [JSONRow] {
    let isCut = position.shape == .array
    var rows = [takeRow(shape: position.shape)].compactMap(\.self)
    if isCut {
      if !rows.isEmpty { position.number += 1 }
      position.shape = .ended
      rows.append(
        JSONRow(
          number: position.number, isElement: true, offset: consumed, content: .cutShort, next: position))
    }
    return rows
  }

  /// Takes bytes up to the end of a row, or all of them; at least one.
  private mutating func scanSome(_ bytes: UnsafeRawBufferPointer) -> (count: Int, row: JSONRow?) {
    switch position.shape {
    case .undecided, .ended: (begin(bytes), nil)
    case .lines: scanLine(bytes)
    case .array: scanElement(bytes)
    case .tail: (take(bytes), nil)
    }
  }

  private mutating func begin(_ bytes: UnsafeRawBufferPointer) -> Int {
    let isFirst = position.shape == .undecided
    for (count, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "\n"): if isFirst { position.number += 1 }
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      case 0xEF, 0xBB, 0xBF: break  // The byte order mark that some editors write.
      case UInt8(ascii: "["):
        if isFirst { position.number = 1 }
        position.shape = .array
        return skip(count + 1)
      default:
        position.shape = isFirst ? .lines : .tail
        return skip(count)
      }
    }
    return skip(bytes.count)
  }

  private mutating func scanLine(_ bytes: UnsafeRawBufferPointer) -> (Int, JSONRow?) {
    guard let end = bytes.firstIndex(ofByte: UInt8(ascii: "\n")) else { return (take(bytes), nil) }
    _ = take(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
    consumed += 1
    return (end + 1, endRow(.lines))
  }

  private mutating func scanElement(_ bytes: UnsafeRawBufferPointer) -> (Int, JSONRow?) {
    for (index, byte) in bytes.enumerated() {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ",") where depth == 0, UInt8(ascii: "]") where depth == 0:
        _ = take(UnsafeRawBufferPointer(rebasing: bytes[..<index]))
        consumed += 1
        return (index + 1, endRow(byte == UInt8(ascii: "]") ? .ended : .array))
      // One bracket too many spoils its row and no other.
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(0, depth - 1)
      default: break
      }
    }
    return (take(bytes), nil)
  }

  private mutating func skip(_ count: Int) -> Int {
    consumed += count
    position.offset = consumed
    return count
  }

  /// Adds bytes to the row, as many as may be kept.
  private mutating func take(_ bytes: UnsafeRawBufferPointer) -> Int {
    if length == 0 { start = consumed }
    if isBlank { isBlank = bytes.allSatisfy { $0 <= UInt8(ascii: " ") } }
    row += bytes.prefix(max(0, limit - row.count))
    length += bytes.count
    consumed += bytes.count
    return bytes.count
  }

  private mutating func endRow(_ shape: Position.Shape) -> JSONRow? {
    defer { position.number += 1 }
    return takeRow(shape: shape)
  }

  /// The row so far, unless it is blank.
  private mutating func takeRow(shape: Position.Shape) -> JSONRow? {
    defer {
      position.offset = consumed
      position.shape = shape
      row = []
      length = 0
      isBlank = true
      (depth, isInString, isEscaped) = (0, false, false)
    }
    guard !isBlank else { return nil }
    return JSONRow(
      number: position.number, isElement: position.shape != .lines, offset: start,
      content: length > limit ? .tooLong(length) : .bytes(row),
      next: Position(offset: consumed, number: position.number + 1, shape: shape))
  }
}

extension UnsafeRawBufferPointer {
  /// Where a byte is found first.
  fileprivate func firstIndex(ofByte byte: UInt8) -> Int? {
    guard let base = baseAddress, let found = memchr(base, Int32(byte), count) else { return nil }
    return UnsafeRawPointer(found) - base
  }
}
