import CCurl
import Synchronization

/// libcurl's multi handle.
///
/// `@unchecked Sendable`: the thread of its ``TransferLoop`` alone uses it, but for `curl_multi_wakeup`, which libcurl
/// allows from any thread (curl.se/libcurl/c/curl_multi_wakeup.html) and which ``TransferInbox`` calls under its lock,
/// never after the handle is gone.
struct MultiHandle: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
}

/// What a thread is to do next.
final class TransferInbox: Sendable {
  private struct State {
    var commands: [TransferCommand] = []
    var multi: MultiHandle?
  }

  private let state: Mutex<State>

  init(multi: MultiHandle) { state = Mutex(State(multi: multi)) }

  /// Adds a command and wakes the thread.
  func post(_ command: TransferCommand) {
    state.withLock {
      guard let multi = $0.multi else { return }
      $0.commands.append(command)
      curl_multi_wakeup(multi.pointer)
    }
  }

  /// Takes all commands.
  func take() -> [TransferCommand] {
    state.withLock { state in
      defer { state.commands = [] }
      return state.commands
    }
  }

  /// Frees the multi handle; no wake-up follows.
  func close() {
    state.withLock {
      if let multi = $0.multi { curl_multi_cleanup(multi.pointer) }
      $0 = State()
    }
  }
}
