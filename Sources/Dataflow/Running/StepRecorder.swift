import Foundation
import Synchronization

/// Collects what is said about one step while it runs, from any of its tasks.
final class StepRecorder: Sendable {
  struct Notes {
    var metadata: [String: JSONValue] = [:]
    var uri: String?
    /// What the step counted itself; nil if it did not.
    var counted: ItemCounts?
    var failures: [Failure] = []
    /// The items within which others were put aside.
    var incomplete: Set<String> = []
    /// The items that an earlier run put aside and that went well in this one.
    var recovered: Set<String> = []
    var warnings: [String] = []
    var retries = 0
    var usage: [String: Double] = [:]
    /// When its first call began and when the last one ended.
    var started: Date?
    var ended: Date?
  }

  @TaskLocal static var current: StepRecorder?
  /// The name of the item that the running call is about.
  @TaskLocal static var item: String?

  private static let mostWarnings = 100

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

  /// How many items have failed.
  var failureCount: Int { notes.withLock { $0.failures.count } }

  /// Whether an item that was put aside belongs to this one.
  func hasPutAside(within item: String) -> Bool { notes.withLock { $0.incomplete.contains(item) } }

  /// Notes that calls are under way from one time to another.
  func span(_ started: Date, _ ended: Date) {
    notes.withLock {
      $0.started = min($0.started ?? started, started)
      $0.ended = max($0.ended ?? ended, ended)
    }
  }

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

  func use(_ name: String, _ amount: Double) {
    let sum = notes.withLock { notes in
      notes.usage[name, default: 0] += amount
      return notes.usage[name, default: 0]
    }
    observer?.observe(.used(step: step, name: name, amount: sum))
  }

  /// Notes a warning, as long as there are not too many already; the same one once.
  func warn(_ message: String) {
    let message = shortened(message, to: 2000)
    let isNew = notes.withLock { notes in
      guard !notes.warnings.contains(message), notes.warnings.count < Self.mostWarnings else { return false }
      notes.warnings.append(message)
      return true
    }
    if isNew { observer?.observe(.warning(step: step, message: message)) }
  }

  func retry(item: String?, attempt: Int, error: any Error) {
    notes.withLock { $0.retries += 1 }
    observer?.observe(.retrying(step: step, item: item, attempt: attempt, error: errorText(error)))
  }

  func quarantine(item: String, reason: String, attempts: Int, nextTry: Date? = nil) {
    let parent = Self.item == item ? nil : Self.item
    let failure = Failure(
      step: step, item: item, error: shortened(reason, to: 2000), attempts: attempts, parent: parent,
      nextTry: nextTry)
    notes.withLock {
      $0.failures.append(failure)
      if let parent = Self.item { $0.incomplete.insert(parent) }
    }
    observer?.observe(.failed(failure))
  }

  func succeed(item: String) {
    guard quarantined.contains(item) else { return }
    notes.withLock { _ = $0.recovered.insert(item) }
  }

  func missCache() {
    observer?.observe(.cacheMissed(step: step))
  }

  func progress(completed: Int, total: Int?) {
    observer?.observe(.progress(step: step, completed: completed, total: total))
  }
}
