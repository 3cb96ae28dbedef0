import Synchronization

/// Collects what is said about one step while it runs, from any of its tasks.
final class StepRecorder: Sendable {
  struct Notes {
    var metadata: [String: JSONValue] = [:]
    var uri: String?
    /// What the step counted itself; nil if it did not.
    var counted: ItemCounts?
    var failures: [Failure] = []
    /// The items that an earlier run put aside and that went well in this one.
    var recovered: Set<String> = []
  }

  @TaskLocal static var current: StepRecorder?

  private let step: String
  private let observer: (any RunObserver)?
  /// The items that earlier runs put aside, if it matters whether they go well.
  let quarantined: Set<String>
  private let notes = Mutex(Notes())

  init(step: String, observer: (any RunObserver)?, quarantined: Set<String>) {
    self.step = step
    self.quarantined = quarantined
    self.observer = observer
  }

  var collected: Notes { notes.withLock { $0 } }

  func note(_ key: String, _ value: JSONValue) {
    notes.withLock { $0.metadata[key] = value }
  }

  func note(uri: String) {
    notes.withLock { $0.uri = uri }
  }

  func count(computed: Int, cached: Int, deleted: Int) {
    notes.withLock {
      var counts = $0.counted ?? ItemCounts()
      counts.computed += computed
      counts.cached += cached
      counts.deleted += deleted
      $0.counted = counts
    }
  }

  func quarantine(item: String, reason: String, attempts: Int) {
    let failure = Failure(step: step, item: item, error: shortened(reason, to: 2000), attempts: attempts)
    notes.withLock { $0.failures.append(failure) }
    observer?.observe(.failed(failure))
  }

  func succeed(item: String) {
    guard quarantined.contains(item) else { return }
    notes.withLock { _ = $0.recovered.insert(item) }
  }

  func progress(completed: Int, total: Int?) {
    observer?.observe(.progress(step: step, completed: completed, total: total))
  }
}
