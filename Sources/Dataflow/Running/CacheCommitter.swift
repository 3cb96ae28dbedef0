import Synchronization

/// Makes results last while a run goes on, so that a process that is killed leaves what it made until a moment before.
///
/// Results come far more often than a disk can make them last one by one, so they are committed together, at most about
/// a second after they were made.
final class CacheCommitter: Sendable {
  private static let interval = Duration.milliseconds(250)

  private let cache: OpenResultCache?
  private let observer: (any RunObserver)?
  private let messages = Mutex<[String]>([])

  init(cache: OpenResultCache?, observer: (any RunObserver)?) {
    self.cache = cache
    self.observer = observer
  }

  /// What went wrong. A cache that cannot be written costs the next run time, not this one its end.
  var warnings: [String] { messages.withLock { $0 } }

  /// Does something, and commits meanwhile and at its end, also if it was cancelled.
  nonisolated(nonsending) func whileCommitting(_ work: nonisolated(nonsending) () async -> Void) async {
    guard let cache else { return await work() }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [self] in
        while (try? await Task.sleep(for: Self.interval)) != nil {
          if cache.needsCommit { await commit(cache) }
        }
      }
      await work()
      group.cancelAll()
    }
    await commit(cache)
  }

  private func commit(_ cache: OpenResultCache) async {
    do {
      try await onRecordsQueue { try cache.commit() }
    } catch {
      let message = "results could not be kept for the next run: \(errorText(error))"
      let isNew = messages.withLock { messages in
        guard !messages.contains(message) else { return false }
        messages.append(message)
        return true
      }
      if isNew { observer?.observe(.warning(step: nil, message: message)) }
    }
  }
}
