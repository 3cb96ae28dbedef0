import Foundation
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Says that a run is under way, for as long as its process lives: an advisory `flock` on a file in the run's folder,
/// which the system releases when the process ends in whatever way.
///
/// A record that says `running` without a mark that is held was left by a process that is no more.
package final class RunningMark: Sendable {
  private let path: String
  private let descriptor: Mutex<Int32?>

  init(path: String) throws {
    self.path = path
    let file = try openFile(path, O_RDWR | O_CREAT | O_CLOEXEC)
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let reason = errno == EWOULDBLOCK ? "another process holds it" : systemError()
      close(file)
      throw DataflowError.recordFailed(path: path, reason: reason)
    }
    descriptor = Mutex(file)
  }

  deinit { release() }

  /// Takes the mark away. To be called when the record says how the run ended, and not before.
  package func end() {
    // Only the run itself ever opens the file for writing, so that nobody can hold one of this name that is gone.
    if release() { unlink(path) }
  }

  /// Releases the lock and closes the file; true the first time.
  @discardableResult private func release() -> Bool {
    descriptor.withLock { descriptor in
      guard let file = descriptor.take() else { return false }
      // Not left to `close`: a program that is being started shares the file, and the lock, until it is itself.
      flock(file, LOCK_UN)
      close(file)
      return true
    }
  }

  /// Whether a living process holds the mark at a path, or may hold it as far as one can tell.
  static func isHeld(at path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return errno != ENOENT && errno != ENOTDIR }
    defer { close(file) }
    // Shared, so that those who look do not take one another for the run.
    guard flock(file, LOCK_SH | LOCK_NB) == 0 else { return true }
    flock(file, LOCK_UN)
    return false
  }
}
