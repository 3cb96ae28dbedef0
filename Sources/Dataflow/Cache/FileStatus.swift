import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the system knows of a file.
struct FileStatus: Sendable {
  /// What tells the file from all others, whatever it is called.
  struct Identity: Sendable, Hashable {
    let device: UInt64
    let inode: UInt64
  }

  let identity: Identity
  /// In bytes.
  let size: Int
  /// Nanoseconds since 1970.
  let modified: Int

  init(_ status: stat) {
    identity = Identity(device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino))
    size = Int(status.st_size)
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    modified = Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }

  /// Nil if there is no such file.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}

/// Sets when a file was last modified, as far as the system lets; nil for now.
///
/// - Parameter nanoseconds: since 1970.
func setModified(_ path: String, _ nanoseconds: Int? = nil) {
  guard let nanoseconds else {
    _ = utimensat(AT_FDCWD, path, nil, 0)
    return
  }
  let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
  let time = timespec(tv_sec: .init(seconds), tv_nsec: .init(rest))
  _ = utimensat(AT_FDCWD, path, [time, time], 0)
}
