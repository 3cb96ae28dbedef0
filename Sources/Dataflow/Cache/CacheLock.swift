import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Keeps two processes from changing one cache at once: an advisory `flock`, which the system releases when the process
/// ends in whatever way. The file itself stays: to remove it would let two processes lock two files of one name.
struct CacheLock {
  private let file: OpenFile

  /// Waits for the lock. It is only ever held while a batch is written.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``.
  init(_ path: String) throws {
    // Somebody may remove the folder while this waits: then what is locked is not what the next process locks.
    for _ in 0..<100 {
      let file = try OpenFile(path, O_RDWR | O_CREAT)
      while flock(file.descriptor, LOCK_EX) != 0 {
        guard errno == EINTR else { throw DataflowError.recordFailed(path: path, reason: systemError()) }
      }
      guard file.status?.identity == FileStatus(path: path)?.identity else { continue }
      self.file = file
      return
    }
    throw DataflowError.recordFailed(path: path, reason: "the lock keeps being replaced")
  }

  func release() {
    flock(file.descriptor, LOCK_UN)
  }
}
