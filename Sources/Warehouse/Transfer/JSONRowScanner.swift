/// Cuts a file of JSON into rows: the lines of JSON lines, or the elements of one array.
///
/// It does not judge JSON; it only has to find where a row ends, so that a bad row is one bad row. The first character
/// decides: `[` begins an array. A row that is longer than ``maximumRowBytes`` is dropped and reported as such.
struct JSONRowScanner {
  /// More than extended JSON needs for the largest document.
  static let maximumRowBytes = 4 * Warehouse.maximumDocumentBytes

  struct Row: Hashable {
    /// The line, or the place in the array, counted from one.
    var number: Int
    /// The bytes, or nil when there were too many.
    var bytes: [UInt8]?
  }

  private enum Mode { case undecided, lines, array, ended }

  private var mode = Mode.undecided
  private var number = 1
  private var row: [UInt8] = []
  private var isTooLong = false
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// Whether rows are elements of an array, rather than lines.
  var isArray: Bool { mode == .array || mode == .ended }

  /// Takes the next bytes of the file and gives the rows that end in them.
  mutating func scan(_ bytes: some Sequence<UInt8>) -> [Row] {
    var rows: [Row] = []
    for byte in bytes {
      if let row = scan(byte) { rows.append(row) }
    }
    return rows
  }

  /// Gives what is left at the end of the file.
  mutating func finish() -> Row? {
    mode == .ended ? nil : takeRow()
  }

  private mutating func scan(_ byte: UInt8) -> Row? {
    switch mode {
    case .undecided: return begin(byte)
    case .lines: return scanLine(byte)
    case .array: return scanElement(byte)
    case .ended: return nil
    }
  }

  private mutating func begin(_ byte: UInt8) -> Row? {
    switch byte {
    case UInt8(ascii: "\n"): number += 1
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
    case 0xEF, 0xBB, 0xBF: break  // The byte order mark that some editors write.
    case UInt8(ascii: "["): (mode, number) = (.array, 1)
    default:
      mode = .lines
      return scanLine(byte)
    }
    return nil
  }

  private mutating func scanLine(_ byte: UInt8) -> Row? {
    guard byte == UInt8(ascii: "\n") else {
      append(byte)
      return nil
    }
    defer { number += 1 }
    return takeRow()
  }

  private mutating func scanElement(_ byte: UInt8) -> Row? {
    if isInString {
      append(byte)
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return nil
    }
    switch byte {
    case UInt8(ascii: "]") where depth == 0:
      mode = .ended
      return takeRow()
    case UInt8(ascii: ",") where depth == 0:
      defer { number += 1 }
      return takeRow()
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    default: break
    }
    append(byte)
    return nil
  }

  private mutating func append(_ byte: UInt8) {
    if row.count < Self.maximumRowBytes {
      row.append(byte)
    } else {
      isTooLong = true
    }
  }

  /// The row so far, unless it is blank.
  private mutating func takeRow() -> Row? {
    defer {
      row = []
      isTooLong = false
    }
    if isTooLong { return Row(number: number, bytes: nil) }
    let isBlank = row.allSatisfy { $0 <= UInt8(ascii: " ") }
    return isBlank ? nil : Row(number: number, bytes: row)
  }
}
