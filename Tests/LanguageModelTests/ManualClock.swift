import LanguageModel
import Synchronization

/// A clock that stands still until somebody sleeps: then it is as late as the sleeper wants. So that nothing waits.
final class ManualClock: Sendable {
  private struct State {
    var now = 0.0
    var sleeps: [Double] = []
  }

  private let state = Mutex(State())

  /// How long was slept, in order.
  var sleeps: [Double] { state.withLock(\.sleeps) }

  /// The time.
  var now: Double { state.withLock(\.now) }

  /// Lets time pass.
  func advance(_ seconds: Double) { state.withLock { $0.now += seconds } }

  var clock: ModelClock {
    ModelClock(now: { self.now }) { seconds in
      try Task.checkCancellation()
      self.state.withLock { state in
        state.sleeps.append(seconds)
        state.now += seconds
      }
    }
  }
}
