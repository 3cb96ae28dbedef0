import Foundation

/// Writes many small pieces to a file as few large ones.
struct FileWriter {
  private let file: OpenFile
  /// Called each time that some of the bytes have been written, but maybe not all.
  private let onPart: () -> Void
  private var buffer: [UInt8] = []
  /// How many bytes were appended, written or not.
  private(set) var count = 0

  private static let capacity = 64 << 10

  init(_ file: OpenFile, onPart: @escaping () -> Void) {
    self.file = file
    self.onPart = onPart
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
    count += bytes.count
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = rest.prefix(Self.capacity - buffer.count)
      buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: part))
      rest = rest.dropFirst(part.count)
      if buffer.count == Self.capacity { try flush() }
    }
  }

  mutating func append(_ data: Data) throws {
    try data.withUnsafeBytes { try append($0) }
  }

  mutating func append(_ words: [UInt64]) throws {
    try words.withUnsafeBytes { try append($0) }
  }

  /// Writes what is buffered. Also to be called at the end.
  mutating func flush() throws {
    try buffer.withUnsafeBytes { try file.write($0) }
    buffer.removeAll(keepingCapacity: true)
    onPart()
  }
}
