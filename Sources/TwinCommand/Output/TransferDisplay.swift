import Pipelines
import Synchronization

/// Shows how an export or a copy goes, one collection after the other.
final class TransferDisplay: Sendable {
  private let name: String
  private let display: ProgressDisplay
  private let current = Mutex("")

  init(_ name: String, _ options: OutputOptions) {
    self.name = name
    display = ProgressDisplay(options, isUnchangedLikely: false)
  }

  func show(_ progress: TransferProgress) {
    let step = "\(progress.activity.rawValue) \(progress.collection)"
    let isNew = current.withLock { current in
      defer { current = step }
      return current != step
    }
    if isNew { display.observe(.runStarted(id: "", pipeline: name, steps: [step])) }
    display.observe(.progress(step: step, completed: progress.completed, total: progress.total))
  }

  /// Leaves the terminal as if nothing had been drawn.
  func end() { display.end() }
}
