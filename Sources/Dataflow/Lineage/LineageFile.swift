public import Foundation
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file to which events are appended, one a line. Several processes may append to one.
public final class LineageFile: Sendable {
  private struct State {
    var isTorn = false
    var problem: String?
  }

  private let path: String
  private let descriptor: Int32
  private let state = Mutex(State())

  /// Opens a file, or makes it with the folders on its way.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``.
  public init(_ file: URL) throws {
    path = file.path
    try makeFolder((path as NSString).deletingLastPathComponent)
    descriptor = try openFile(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC)
  }

  deinit { close(descriptor) }

  /// Why the last event that could not be written was not; nil if all were. Events never end a run.
  public var problem: String? { state.withLock(\.problem) }

  /// Appends an event in one write, so that those of several writers do not mix.
  public func append(_ event: Data) {
    state.withLock { state in
      // What a full disk cut off must not spoil the next line.
      let line = (state.isTorn ? Data("\n".utf8) : Data()) + event + Data("\n".utf8)
      let written = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written == line.count {
        state.isTorn = false
        return
      }
      let reason = written < 0 ? systemError() : "only \(written) of \(line.count) bytes fitted"
      state.problem = DataflowError.recordFailed(path: path, reason: reason).description
      state.isTorn = state.isTorn || written > 0
    }
  }
}
