import CSpawn
public import Foundation
import Synchronization

/// A program that runs beside the tests.
///
/// Not Foundation's `Process`: that one keeps its streams open after its end, and on Linux it lists the open files of
/// its own process into a buffer that some thousand of them overrun; tests that run together have that many.
public final class ChildProcess: Sendable {
  /// The child's number; it stays its own until the child was waited for.
  public let processIdentifier: Int32
  private let ending = Mutex<Int32?>(nil)

  /// Starts a program, which inherits the three streams and nothing else.
  ///
  /// - Parameters:
  ///   - program: a path, or a name that is looked for on the `PATH` of this process.
  ///   - input: its standard input; nothing without it.
  ///   - output: its standard output; dropped without it.
  ///   - error: its standard error; this process's own without it.
  /// - Throws: `POSIXError` when it cannot be started.
  public init(
    _ program: String, _ arguments: [String],
    environment: [String: String] = ProcessInfo.processInfo.environment, folder: String = "/",
    input: FileHandle? = nil, output: FileHandle? = nil, error: FileHandle? = nil
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (stream, file) in [(STDIN_FILENO, input), (STDOUT_FILENO, output)] {
      if let file {
        posix_spawn_file_actions_adddup2(&actions, file.fileDescriptor, stream)
      } else {
        posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
      }
    }
    if let error { posix_spawn_file_actions_adddup2(&actions, error.fileDescriptor, STDERR_FILENO) }
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
    posix_spawn_file_actions_addchdir_np(&actions, folder)
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, program, &actions, nil, &words, &variables)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
    processIdentifier = child
  }

  /// Sends a signal, unless the child was already waited for.
  public func send(_ signal: Int32) {
    ending.withLock { if $0 == nil { kill(processIdentifier, signal) } }
  }

  /// Blocks until it ends and gives the exit code; minus the signal's number when a signal ended it.
  @discardableResult public func wait() -> Int32 {
    // Waited for without the lock, so that it can be signalled meanwhile, and without freeing its number.
    var information = siginfo_t()
    while waitid(P_PID, id_t(processIdentifier), &information, WEXITED | WNOWAIT) == -1 && errno == EINTR {}
    return ending.withLock { ending in
      if let ending { return ending }
      var status: Int32 = 0
      while waitpid(processIdentifier, &status, 0) == -1 && errno == EINTR {}
      let signal = status & 0x7f
      let code = signal == 0 ? (status >> 8) & 0xff : -signal
      ending = code
      return code
    }
  }

  /// The same, on a thread of its own: none of the cooperative pool waits.
  public func ended() async -> Int32 {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: self.wait()) }
    }
  }
}
