import Domain
import Foundation

/// A file, or standard input, that is read from its beginning or from a place within it.
final class InputFile: Sendable {
  /// What a path of `-` means, as messages say it.
  static let standardInput = "standard input"

  /// The path as messages name it.
  let path: String
  /// Whether it can be read from any place, and again; a pipe cannot.
  let isSeekable: Bool
  /// Its length in bytes; nil if nobody knows.
  let size: Int?
  /// When it was changed last, in nanoseconds since 1970.
  let modified: Int
  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Parameter path: `-` for standard input.
  /// - Throws: ``WarehouseError/cannotReadFile(path:reason:)``.
  init(_ path: String) throws {
    let isStandard = path == "-"
    self.path = isStandard ? Self.standardInput : path
    // Standard input is left open for others when this goes.
    descriptor = isStandard ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw WarehouseError.cannotReadFile(path: self.path, reason: systemReason(errno))
    }
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    guard !isKnown || status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw WarehouseError.cannotReadFile(path: self.path, reason: systemReason(EISDIR))
    }
    isSeekable = isKnown && status.st_mode & S_IFMT == S_IFREG && !isStandard
    size = isSeekable ? Int(status.st_size) : nil
    modified = isKnown ? Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec) : 0
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Up to one megabyte, or what there is of it by now; empty at the end.
  ///
  /// - Parameter offset: from where; of what cannot be read from any place, that is where the last reading ended.
  /// - Throws: ``WarehouseError/cannotReadFile(path:reason:)``.
  func read(at offset: Int, count: Int = 1 << 20) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      var result = -1
      repeat {
        result =
          isSeekable
          ? pread(descriptor, buffer.baseAddress, buffer.count, off_t(clamping: offset))
          : Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      } while result < 0 && errno == EINTR
      guard result >= 0 else { throw WarehouseError.cannotReadFile(path: path, reason: systemReason(errno)) }
      initialized = result
    }
  }

  /// Exactly these bytes; fewer if the file ends before.
  func bytes(_ range: Range<Int>) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < range.count {
      let some = try read(at: range.lowerBound + bytes.count, count: min(1 << 20, range.count - bytes.count))
      if some.isEmpty { break }
      bytes += some
    }
    return bytes
  }

  /// Waits a moment for bytes to come and says whether there are any, or the end, to be read.
  func isReady() -> Bool {
    if isSeekable { return true }
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, 100) != 0
  }
}
