import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// An open file, which is closed when the last reference goes.
final class OpenFile: Sendable {
  let path: String
  let descriptor: Int32

  /// - Throws: ``DataflowError/recordFailed(path:reason:)``.
  init(_ path: String, _ flags: Int32) throws {
    self.path = path
    descriptor = try openFile(path, flags | O_CLOEXEC)
  }

  deinit { close(descriptor) }

  /// What the system knows of the file, which may have another name by now, or none; nil if it cannot be had.
  var status: FileStatus? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? FileStatus(status) : nil
  }

  /// Fills a buffer with what begins at an offset.
  ///
  /// - Returns: how many bytes were read: fewer than the buffer holds at the end of the file or after an error.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
    var count = 0
    while count < buffer.count {
      let result = pread(
        descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count, off_t(offset + count))
      if result < 0, errno == EINTR { continue }
      if result <= 0 { break }
      count += result
    }
    return count
  }

  /// Writes bytes at the file's position.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``; some of the bytes may have been written.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    var count = 0
    while count < bytes.count {
      #if canImport(Darwin)
        let result = Darwin.write(descriptor, bytes.baseAddress?.advanced(by: count), bytes.count - count)
      #elseif canImport(Musl)
        let result = Musl.write(descriptor, bytes.baseAddress?.advanced(by: count), bytes.count - count)
      #else
        let result = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: count), bytes.count - count)
      #endif
      if result < 0, errno == EINTR { continue }
      guard result >= 0 else { throw failure() }
      count += result
    }
  }

  /// Returns when the bytes are on disk.
  func synchronize() throws {
    guard fsync(descriptor) == 0 else { throw failure() }
  }

  func truncate(to size: Int) throws {
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw failure() }
  }

  private func failure() -> DataflowError { .recordFailed(path: path, reason: systemError()) }
}
