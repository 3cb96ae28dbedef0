/// Writes structures in Thrift's compact protocol, in which Parquet has its page headers and its footer.
///
/// Source: the Apache Thrift compact protocol specification. Fields are written in ascending order.
struct CompactWriter {
  private(set) var bytes: [UInt8] = []
  private var lastField: Int16 = 0

  private enum Kind: UInt8 {
    case integer32 = 5
    case integer64 = 6
    case binary = 8
    case list = 9
    case structure = 12
  }

  mutating func integer32(_ field: Int16, _ value: Int64) {
    begin(field, .integer32)
    varint(zigzag(value))
  }

  mutating func integer64(_ field: Int16, _ value: Int64) {
    begin(field, .integer64)
    varint(zigzag(value))
  }

  mutating func string(_ field: Int16, _ value: String) {
    begin(field, .binary)
    append(value)
  }

  mutating func structure(_ field: Int16, _ write: (inout CompactWriter) -> Void) {
    begin(field, .structure)
    append(write)
  }

  mutating func integers32(_ field: Int16, _ values: [Int64]) {
    beginList(field, .integer32, values.count)
    for value in values { varint(zigzag(value)) }
  }

  mutating func strings(_ field: Int16, _ values: [String]) {
    beginList(field, .binary, values.count)
    for value in values { append(value) }
  }

  mutating func structures<Value>(_ field: Int16, _ values: [Value], _ write: (inout CompactWriter, Value) -> Void) {
    beginList(field, .structure, values.count)
    for value in values { append { write(&$0, value) } }
  }

  /// Ends the outermost structure.
  mutating func end() { bytes.append(0) }

  // MARK: Parts

  private mutating func begin(_ field: Int16, _ kind: Kind) {
    bytes.append(UInt8(field - lastField) << 4 | kind.rawValue)
    lastField = field
  }

  private mutating func beginList(_ field: Int16, _ kind: Kind, _ count: Int) {
    begin(field, .list)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | kind.rawValue)
    } else {
      bytes.append(0xF0 | kind.rawValue)
      varint(UInt64(count))
    }
  }

  private mutating func append(_ write: (inout CompactWriter) -> Void) {
    var inner = CompactWriter()
    write(&inner)
    inner.end()
    bytes += inner.bytes
  }

  private mutating func append(_ text: String) {
    varint(UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func varint(_ value: UInt64) { bytes += Dataset.varint(value) }

  private func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: value << 1 ^ value >> 63) }
}

/// A number in groups of seven bits, the lowest first (LEB128).
func varint(_ value: UInt64) -> [UInt8] {
  var (bytes, rest) = ([UInt8](), value)
  while rest >= 0x80 {
    bytes.append(UInt8(rest & 0x7F) | 0x80)
    rest >>= 7
  }
  bytes.append(UInt8(rest))
  return bytes
}
