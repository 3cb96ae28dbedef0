import Foundation
import Pipelines
import Synchronization

/// Shows how a run goes on standard error: a bar on a terminal, lines elsewhere.
///
/// Lines are held back until it is known that something changed: from cron, an unchanged run prints nothing.
final class ProgressDisplay: RunObserver {
  private struct State {
    var held: [String] = []
    var isHolding = false
    var progress = RunProgress()
    var lastDrawn: ContinuousClock.Instant?
    var isDrawn = false
  }

  private let style: OutputOptions.Progress
  private let isVerbose: Bool
  /// Whether lines are held back; who asks for lines gets them at once.
  private let isHolding: Bool
  private let state = Mutex(State())

  /// - Parameter isUnchangedLikely: whether it may turn out that nothing changed.
  init(_ options: OutputOptions, isUnchangedLikely: Bool = true) {
    style = options.resolvedProgress
    isVerbose = options.verbose
    isHolding = isUnchangedLikely && options.progress == .auto && style == .plain && !options.verbose
  }

  func observe(_ event: RunEvent) {
    guard style != .none else { return }
    state.withLock { state in
      state.progress.note(event)
      switch event {
      case .runStarted(_, let pipeline, _):
        state.isHolding = isHolding
        state.held = []
        if isVerbose { say("\(pipeline): started", &state) }
      case .stepStarted: break
      case .cacheMissed: release(&state)
      case .progress(let step, let completed, let total):
        // Only what changed comes to this step, whether or not the cache has what it is made from.
        if step == FeaturePipeline.StepName.loadedDocuments.rawValue, completed > 0 { release(&state) }
        draw(isLast: completed == total, of: step, &state)
      case .used(let step, _, _): draw(isLast: false, of: step, &state)
      case .failed(let failure):
        release(&state)
        // The summary names every failure at the end.
        if isVerbose { say("failed: \(failure.item ?? failure.step): \(failure.error)", &state) }
      case .retrying(let step, let item, let attempt, let error):
        // There may be thousands, of a server that is down; the line counts them.
        if isVerbose { say("\(step): try \(attempt) of \(item ?? "the step") failed, trying again: \(error)", &state) }
      case .warning(let step, let message):
        release(&state)
        say("warning: \(step.map { "\($0): " } ?? "")\(message)", &state)
      case .stepEnded(let record):
        if record.items.deleted > 0 { release(&state) }
        if isVerbose || style == .plain && record.seconds >= 1 { say(line(for: record), &state) }
      case .runEnded(let record):
        if record.status != .unchanged { release(&state) }
        erase(&state)
      }
    }
  }

  /// Erases what is drawn, when the work is done that nobody calls a run.
  func end() {
    state.withLock { erase(&$0) }
  }

  private func line(for record: StepRecord) -> String {
    let items = record.items
    let counts = [
      (items.out, "out"), (items.cached, "cached"), (items.deleted, "deleted"), (items.failed, "failed"),
      (record.retries, "retries"),
    ]
    let told = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return ([record.name + ": " + record.status.rawValue] + told + [readableDuration(record.seconds)])
      .joined(separator: ", ")
  }

  private func draw(isLast: Bool, of step: String, _ state: inout State) {
    let now = ContinuousClock.now
    let interval: Duration = style == .bar ? .milliseconds(100) : .seconds(5)
    if let last = state.lastDrawn, now - last < interval, !(isLast && style == .bar) { return }
    guard let text = state.progress.line(at: now, width: style == .bar ? StandardStreams.errorWidth : nil) else {
      return
    }
    // The first line of a run that is over in a moment says nothing that its summary does not.
    if style == .plain, state.lastDrawn == nil, now - state.progress.started < interval { return }
    state.lastDrawn = now
    if style == .bar {
      StandardStreams.drawError("\r\u{1B}[2K" + text)
      state.isDrawn = true
    } else {
      say(text, &state)
    }
  }

  private func say(_ line: String, _ state: inout State) {
    erase(&state)
    if state.isHolding {
      state.held.append(line)
    } else {
      StandardStreams.printError(line)
    }
  }

  /// Prints what was held back, now that something is known to have changed.
  private func release(_ state: inout State) {
    guard state.isHolding else { return }
    state.isHolding = false
    for line in state.held { StandardStreams.printError(line) }
    state.held = []
  }

  private func erase(_ state: inout State) {
    guard state.isDrawn else { return }
    StandardStreams.drawError("\r\u{1B}[2K")
    state.isDrawn = false
  }
}
