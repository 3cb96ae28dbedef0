import Foundation
import Synchronization

/// The sessions of the servers that run: they end with this process when it ends by `exit`, whoever still holds a server
/// then. What a process has started is its own as a whole, so this is kept for all of it.
enum LiveServers {
  private static let sessions = Mutex<Set<pid_t>>([])
  /// Registers the end once.
  private static let atEnd: Void = {
    atexit {
      // The lock may be held by a thread that this end has stopped.
      _ = LiveServers.sessions.withLockIfAvailable { sessions in
        for session in sessions { kill(-session, SIGKILL) }
      }
    }
  }()

  /// Notes a process that leads a session of its own.
  static func add(_ session: pid_t) {
    _ = atEnd
    sessions.withLock { _ = $0.insert(session) }
  }

  /// Forgets one that has closed its streams or is being ended.
  static func remove(_ session: pid_t) {
    sessions.withLock { _ = $0.remove(session) }
  }
}
