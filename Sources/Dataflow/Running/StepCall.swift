/// Calls the body of a step, again and in time as its policy says, and sees that what comes of an item meets its checks.
struct StepCall: Sendable {
  let step: StepNode<Void>
  let policy: StepPolicy
  let recorder: StepRecorder

  /// Whether a call is nothing but a call of a function that never suspends.
  var isPlain: Bool {
    guard case .plain = step.body else { return false }
    return policy.retry.attempts == 1 && !step.signature.checks.contains(where: \.isPerItem)
  }

  /// What the body gives, without suspending; only if ``isPlain``.
  func plain(_ arguments: Arguments) throws -> any Sendable {
    guard case .plain(let work) = step.body else {
      throw DataflowError.wrongResult(step: step.signature.name, expected: "a body that does not suspend")
    }
    return try work((), arguments)
  }

  /// What the body gives, after as many tries as it takes and is given.
  ///
  /// - Parameter item: the item's name, if the call is about one.
  /// - Throws: ``Attempts`` around what the last try threw; `CancellationError`.
  func run(_ arguments: Arguments, item: @autoclosure () -> String?) async throws -> any Sendable {
    var attempt = 1
    while true {
      do {
        let value = try await once(arguments)
        try await check(value, perItem: true)
        return value
      } catch let error as CancellationError {
        throw error
      } catch {
        try Task.checkCancellation()
        guard attempt < policy.retry.attempts else { throw Attempts(count: attempt, error: error) }
        recorder.retry(item: item(), attempt: attempt, error: error)
        try await Task.sleep(for: policy.retry.wait(after: attempt))
        attempt += 1
      }
    }
  }

  private func once(_ arguments: Arguments) async throws -> any Sendable {
    switch step.body {
    case .plain(let work): return try work((), arguments)
    case .suspending(let work):
      guard let timeout = policy.timeout else { return try await work((), arguments) }
      return try await withTimeout(timeout, step: step.signature.name) { try await work((), arguments) }
    }
  }

  /// Runs the checks; those that only warn are noted, those that do not are thrown together.
  ///
  /// - Throws: ``DataflowError/checksFailed(step:problems:)``.
  func check(_ value: any Sendable, perItem: Bool) async throws {
    var problems: [String] = []
    for check in step.signature.checks where check.isPerItem == perItem {
      do {
        try await check.run(value)
      } catch let error as CancellationError {
        throw error
      } catch {
        switch check.importance {
        case .warn:
          let item = perItem ? StepRecorder.item.map { " of \($0)" } ?? "" : ""
          recorder.warn("\(check.name)\(item): \(errorText(error))")
        case .fail: problems.append("\(check.name): \(errorText(error))")
        }
      }
    }
    guard problems.isEmpty else {
      throw DataflowError.checksFailed(step: step.signature.name, problems: problems)
    }
  }
}

/// An error with how often it was met.
struct Attempts: Error {
  let count: Int
  let error: any Error

  /// How often a call was tried, and what it threw last.
  static func unwrap(_ error: any Error) -> (count: Int, error: any Error) {
    (error as? Attempts).map { ($0.count, $0.error) } ?? (1, error)
  }
}

/// Does something, and stops it when it takes too long.
///
/// Work that does not look whether it was cancelled goes on; it is waited for, since nothing may outlive its step.
private func withTimeout(
  _ timeout: Duration, step: String, _ work: @escaping @Sendable () async throws -> any Sendable
) async throws -> any Sendable {
  try await withThrowingTaskGroup(of: (any Sendable)?.self) { group in
    group.addTask { try await work() }
    group.addTask {
      try await Task.sleep(for: timeout)
      return nil
    }
    defer { group.cancelAll() }
    do {
      guard let first = try await group.next(), let value = first else {
        throw DataflowError.timedOut(step: step, seconds: timeout.seconds)
      }
      return value
    }
  }
}
