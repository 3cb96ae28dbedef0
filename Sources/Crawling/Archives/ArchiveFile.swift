import Domain
import Foundation

/// An archive that is open for reading, so that everything that is found out about it is about the same file.
struct ArchiveFile: ~Copyable {
  let path: String
  let descriptor: Int32
  /// In bytes.
  let size: Int
  /// Which file it is, and in which state.
  let identity: Identity

  /// What tells a file from others, and from itself after a change.
  struct Identity: Sendable, Hashable {
    fileprivate let device: UInt64
    fileprivate let number: UInt64
    fileprivate let size: Int
    fileprivate let seconds: Int
    fileprivate let nanoseconds: Int
  }

  /// Opens a regular file; a link to one is followed, since the user named it.
  ///
  /// - Throws: ``CrawlError/cannotRead(path:reason:)``.
  init(_ path: String) throws(CrawlError) {
    // O_NONBLOCK: opening a pipe must not wait for a writer.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotRead(path: path, reason: systemReason(errno)) }
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .cannotRead(path: path, reason: "it is no regular file")
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(information.st_size)
    #if canImport(Darwin)
      let changed = information.st_mtimespec
    #else
      let changed = information.st_mtim
    #endif
    identity = Identity(
      device: UInt64(truncatingIfNeeded: information.st_dev), number: UInt64(information.st_ino), size: size,
      seconds: changed.tv_sec, nanoseconds: changed.tv_nsec)
  }

  deinit { close(descriptor) }

  /// The bytes of a part, as far as the file has them; the position of ``descriptor`` stays where it is.
  ///
  /// - Throws: ``CrawlError/cannotRead(path:reason:)``.
  func bytes(_ range: Range<Int>) throws(CrawlError) -> [UInt8] {
    let range = range.clamped(to: 0..<max(0, size))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    while bytes.count < range.count {
      let wanted = min(1 << 18, range.count - bytes.count)
      let offset = range.lowerBound + bytes.count
      var count = 0
      let part = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, initialized in
        count = pread(descriptor, buffer.baseAddress, wanted, off_t(offset))
        initialized = max(0, count)
      }
      guard count >= 0 else { throw .cannotRead(path: path, reason: systemReason(errno)) }
      if count == 0 { break }
      bytes += part
    }
    return bytes
  }

  /// The hash of all its bytes.
  ///
  /// - Throws: ``CrawlError/cannotRead(path:reason:)``.
  func hash() throws(CrawlError) -> ContentHash {
    var hasher = ContentHasher()
    for start in stride(from: 0, to: size, by: 1 << 20) {
      hasher.update(try bytes(start..<min(size, start + 1 << 20)))
    }
    return hasher.hash
  }
}
