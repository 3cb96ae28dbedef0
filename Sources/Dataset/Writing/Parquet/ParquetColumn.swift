/// A column of a table: a name, and a value or nothing for each row.
public struct ParquetColumn: Hashable, Sendable {
  /// The values, all of one type.
  public enum Values: Hashable, Sendable {
    /// Text.
    case strings([String?])
    /// Whole numbers.
    case integers([Int64?])
    /// Numbers.
    case doubles([Double?])
    /// Truth values.
    case booleans([Bool?])

    /// How many rows there are.
    public var count: Int {
      switch self {
      case .strings(let values): values.count
      case .integers(let values): values.count
      case .doubles(let values): values.count
      case .booleans(let values): values.count
      }
    }
  }

  /// The column's name.
  public var name: String
  /// Its values.
  public var values: Values

  /// Makes a column.
  public init(_ name: String, _ values: Values) {
    self.name = name
    self.values = values
  }
}

extension ParquetColumn.Values {
  /// The number of the physical type (`Type` of parquet.thrift).
  var physicalType: Int64 {
    switch self {
    case .booleans: 0
    case .integers: 2
    case .doubles: 5
    case .strings: 6
    }
  }

  /// The definition levels of some rows as bits, 1 for a value.
  func isPresent(_ rows: Range<Int>) -> [Bool] {
    switch self {
    case .strings(let values): values[rows].map { $0 != nil }
    case .integers(let values): values[rows].map { $0 != nil }
    case .doubles(let values): values[rows].map { $0 != nil }
    case .booleans(let values): values[rows].map { $0 != nil }
    }
  }

  /// The values of some rows that are there, in the encoding `PLAIN`.
  func plain(_ rows: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    switch self {
    case .strings(let values):
      for case let value? in values[rows] {
        bytes.append(littleEndian: UInt32(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
      }
    case .integers(let values):
      for case let value? in values[rows] { bytes.append(littleEndian: UInt64(bitPattern: value)) }
    case .doubles(let values):
      for case let value? in values[rows] { bytes.append(littleEndian: value.bitPattern) }
    case .booleans(let values): bytes = packedBits(values[rows].compactMap(\.self))
    }
    return bytes
  }

  /// About how many bytes a row takes.
  func size(ofRow row: Int) -> Int {
    if case .strings(let values) = self { 4 + (values[row]?.utf8.count ?? 0) } else { 8 }
  }
}

/// Bits in bytes, the first one lowest.
func packedBits(_ bits: [Bool]) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
  for (index, bit) in bits.enumerated() where bit { bytes[index / 8] |= 1 << UInt8(index % 8) }
  return bytes
}

extension [UInt8] {
  /// Adds a number, its lowest byte first.
  mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
