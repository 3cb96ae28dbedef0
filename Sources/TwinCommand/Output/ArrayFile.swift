import Foundation

/// A file with one array of 32-bit floats, a row at a time, as NumPy's format 1.0 (`numpy.lib.format`) has it.
///
/// The rows go to a file beside it, which takes its place when all are there.
struct ArrayFile: ~Copyable {
  /// Longer than the longest header, and a multiple of 64 as the format asks.
  private static let headerBytes = 128

  private let path: String
  private let partialPath: String
  private let columns: Int
  private let file: FileHandle
  private var rows = 0

  /// Begins the file.
  ///
  /// - Throws: ``InputError/cannotWrite(name:reason:)``.
  init(path: String, columns: Int) throws(InputError) {
    self.path = path
    self.columns = columns
    partialPath = path + ".\(UUID().uuidString).partial"
    let descriptor = open(partialPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    let failure = errno
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    guard descriptor >= 0 else {
      throw .cannotWrite(name: path, reason: systemMessage(failure))
    }
    try write(Self.header(rows: 0, columns: columns))
  }

  deinit {
    try? file.close()
    // Nothing is there once the file took its place.
    unlink(partialPath)
  }

  /// Adds rows of `columns` components each.
  ///
  /// - Throws: ``InputError/cannotWrite(name:reason:)``.
  mutating func append(_ vectors: [[Float]]) throws(InputError) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(vectors.count * columns * 4)
    for component in vectors.joined() {
      withUnsafeBytes(of: component.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    try write(bytes)
    rows += vectors.count
  }

  /// Writes how many rows there are and puts the file in its place.
  ///
  /// - Throws: ``InputError/cannotWrite(name:reason:)``.
  consuming func finish() throws(InputError) {
    do {
      try file.seek(toOffset: 0)
      try file.write(contentsOf: Self.header(rows: rows, columns: columns))
      try file.synchronize()
    } catch {
      throw .cannotWrite(name: path, reason: error.localizedDescription)
    }
    guard rename(partialPath, path) == 0 else {
      throw .cannotWrite(name: path, reason: systemMessage(errno))
    }
  }

  private func write(_ bytes: [UInt8]) throws(InputError) {
    do {
      try file.write(contentsOf: bytes)
    } catch {
      throw .cannotWrite(name: path, reason: error.localizedDescription)
    }
  }

  /// The magic string, the version, the header's length (16 bits, little-endian) and a Python dictionary, padded with
  /// spaces.
  private static func header(rows: Int, columns: Int) -> [UInt8] {
    let dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    let length = headerBytes - 10
    let padding = [UInt8](repeating: 0x20, count: length - dictionary.utf8.count - 1)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length), 0] + Array(dictionary.utf8) + padding + [0x0A]
  }
}
