/// Keeps requests to one host a while apart, whatever the number of tasks.
actor HostPacer {
  private let delay: Duration
  private var nextTurn: [String: ContinuousClock.Instant] = [:]

  init(delay: Double) {
    self.delay = .seconds(delay)
  }

  /// Waits for the next turn at `host`; turns are given in the order of the calls.
  func waitForTurn(at host: String) async throws {
    let now = ContinuousClock.now
    let turn = max(nextTurn[host] ?? now, now)
    nextTurn[host] = turn + delay
    if turn > now { try await Task.sleep(until: turn, clock: .continuous) }
  }
}
