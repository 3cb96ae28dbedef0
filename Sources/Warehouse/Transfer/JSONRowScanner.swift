import BSON
import Foundation

/// Cuts a file of JSON into rows: the lines of JSON lines, the elements of an array, or objects that are written over
/// several lines, one behind the other.
///
/// It does not judge JSON; it only has to find where a row ends, so that a bad row is one bad row. The beginning
/// decides: `[` begins an array, behind which others may follow; an object that does not end on its line is the first of
/// such objects, unless the line is torn: it ends in a text, or the next one begins an object too. A row that is longer than
/// the limit is dropped and reported as such, so that no file needs more memory than one row of that length.
struct JSONRowScanner {
  /// More than extended JSON needs for the largest document.
  static let maximumRowBytes = 4 * Warehouse.maximumDocumentBytes

  /// A place between two rows, from which a file can be read on.
  struct Position: Codable, Hashable, Sendable {
    /// What the bytes from here on are.
    enum Shape: String, Codable, Sendable {
      /// Nothing has been read but white space.
      case undecided
      /// The first line, which begins an object.
      case opening
      /// Lines.
      case lines
      /// Objects over several lines.
      case objects
      /// Elements of an array.
      case array
      /// White space behind an array, or another array.
      case ended
      /// What stands behind an array and is none: one row.
      case tail
    }

    /// The bytes before it.
    var offset = 0
    /// The number of the next row; before objects over several lines, of the line that it is in.
    var number = 1
    var shape = Shape.undecided
  }

  private let limit: Int
  var position: Position
  /// The bytes of the file that were taken so far.
  private var consumed: Int
  private var row: [UInt8] = []
  /// Where the row begins, and how long it is so far; bytes that are not kept count, too.
  private var start = 0
  private var length = 0
  private var isBlank = true
  /// The object that is being read, and how many line ends it has so far.
  var object = JSONObjectEnd()
  var lineEnds = 0
  private var nesting = JSONNesting()

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
    if position.shape == .opening { position.shape = .lines }
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

  /// Takes bytes up to the end of a row, or all of them.
  private mutating func scanSome(_ bytes: UnsafeRawBufferPointer) -> (count: Int, row: JSONRow?) {
    switch position.shape {
    case .undecided, .ended: (begin(bytes), nil)
    case .opening: scanOpening(bytes)
    case .lines: scanLine(bytes)
    case .objects: scanObject(bytes)
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
        position.shape = !isFirst ? .tail : byte == UInt8(ascii: "{") ? .opening : .lines
        return skip(count)
      }
    }
    return skip(bytes.count)
  }

  mutating func scanLine(_ bytes: UnsafeRawBufferPointer) -> (Int, JSONRow?) {
    guard let end = bytes.firstIndex(ofByte: UInt8(ascii: "\n")) else { return (take(bytes), nil) }
    _ = take(bytes, upTo: end)
    consumed += 1
    return (end + 1, endRow(.lines))
  }

  private mutating func scanElement(_ bytes: UnsafeRawBufferPointer) -> (Int, JSONRow?) {
    for (index, byte) in bytes.enumerated() {
      let isEnd = byte == UInt8(ascii: "]")
      if isEnd || byte == UInt8(ascii: ","), nesting.depth == 0, !nesting.isInString {
        _ = take(bytes, upTo: index)
        consumed += 1
        return (index + 1, endRow(isEnd ? .ended : .array))
      }
      // One bracket too many spoils its row and no other.
      nesting.take(byte)
    }
    return (take(bytes), nil)
  }

  mutating func skip(_ count: Int) -> Int {
    consumed += count
    position.offset = consumed
    return count
  }

  /// Adds the first bytes to the row; see ``take(_:)``.
  mutating func take(_ bytes: UnsafeRawBufferPointer, upTo end: Int) -> Int {
    take(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
  }

  /// Adds bytes to the row, as many as may be kept.
  mutating func take(_ bytes: UnsafeRawBufferPointer) -> Int {
    if length == 0 { start = consumed }
    if isBlank { isBlank = bytes.allSatisfy { $0 <= UInt8(ascii: " ") } }
    row += bytes.prefix(max(0, limit - row.count))
    length += bytes.count
    consumed += bytes.count
    return bytes.count
  }

  /// Whether nothing of the next row was taken.
  var isBetweenRows: Bool { length == 0 }

  mutating func endRow(_ shape: Position.Shape) -> JSONRow? {
    let next = nextNumber
    defer { position.number = next }
    return takeRow(shape: shape)
  }

  /// The number behind that of the row so far.
  private var nextNumber: Int {
    position.number + ([.opening, .objects].contains(position.shape) ? lineEnds : 1)
  }

  /// The row so far, unless it is blank.
  private mutating func takeRow(shape: Position.Shape) -> JSONRow? {
    defer {
      position.offset = consumed
      position.shape = shape
      row = []
      length = 0
      isBlank = true
      nesting = JSONNesting()
      (object, lineEnds) = (JSONObjectEnd(), 0)
    }
    guard !isBlank else { return nil }
    return JSONRow(
      number: position.number, isElement: ![.opening, .lines, .objects].contains(position.shape), offset: start,
      content: length > limit ? .tooLong(length) : .bytes(row),
      next: Position(offset: consumed, number: nextNumber, shape: shape))
  }
}

extension UnsafeRawBufferPointer {
  /// Where a byte is found first.
  fileprivate func firstIndex(ofByte byte: UInt8) -> Int? {
    guard let base = baseAddress, let found = memchr(base, Int32(byte), count) else { return nil }
    return UnsafeRawPointer(found) - base
  }
}
