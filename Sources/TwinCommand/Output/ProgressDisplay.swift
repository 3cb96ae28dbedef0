import Foundation
import Pipelines
import Synchronization

/// Shows how a run goes on standard error: a bar on a terminal, lines elsewhere.
///
/// Lines are held back until something was done or failed: from cron, an unchanged run prints nothing.
final class ProgressDisplay: RunObserver {
  private struct State {
    var held: [String] = []
    var isHolding = true
    var started: [String: ContinuousClock.Instant] = [:]
    var lastDrawn: ContinuousClock.Instant?
    var isDrawn = false
  }

  private let style: OutputOptions.Progress
  private let isVerbose: Bool
  /// Whether lines are held back until something was done; who asks for lines gets them at once.
  private let isHolding: Bool
  private let state = Mutex(State())

  init(_ options: OutputOptions) {
    style = options.resolvedProgress
    isHolding = options.progress == .auto
    isVerbose = options.verbose
  }

  func observe(_ event: RunEvent) {
    guard style != .none else { return }
    state.withLock { state in
      switch event {
      case .runStarted(_, let pipeline, _): if isVerbose { say("\(pipeline): started", &state) }
      case .stepStarted(let step, _): state.started[step] = .now
      case .progress(let step, let completed, let total):
        // This step gets only what changed: that it comes on at all says that something did.
        if step == FeaturePipeline.StepName.loadedDocuments.rawValue { state.isHolding = false }
        show(step, completed, total, &state)
      case .failed(let failure):
        state.isHolding = false
        // The summary names every failure at the end.
        if isVerbose { say("failed: \(failure.item ?? failure.step): \(failure.error)", &state) }
      case .retrying(let step, let item, let attempt, let error):
        if isVerbose { say("\(step): try \(attempt) of \(item ?? "the step") failed, going to try again: \(error)", &state) }
      case .warning(let step, let message):
        state.isHolding = false
        say("warning: \(step.map { "\($0): " } ?? "")\(message)", &state)
      case .stepEnded(let record):
        let countsForItself = [
          ETLPipeline.StepName.crawledSources.rawValue, FeaturePipeline.StepName.loadedDocuments.rawValue,
          DatasetPipeline.StepName.writtenDataset.rawValue,
        ].contains(record.name)
        if record.items.deleted > 0 || (countsForItself && record.items.computed > 0) { state.isHolding = false }
        if isVerbose || style == .plain && record.seconds >= 1 {
          say(
            "\(record.name): \(record.status.rawValue), \(record.items.out) out, \(readableDuration(record.seconds))",
            &state)
        }
      case .runEnded: erase(&state)
      }
    }
  }

  private func show(_ step: String, _ completed: Int, _ total: Int?, _ state: inout State) {
    let now = ContinuousClock.now
    let isLast = completed == total
    let interval: Duration = style == .bar ? .milliseconds(100) : .seconds(5)
    if let last = state.lastDrawn, now - last < interval, !isLast { return }
    state.lastDrawn = now
    let elapsed = state.started[step].map { (now - $0).seconds } ?? 0
    let text = progressText(step, completed, total, elapsed: elapsed)
    if style == .bar {
      StandardStreams.drawError("\r\u{1B}[2K" + text)
      state.isDrawn = true
    } else {
      say(text, &state)
    }
  }

  private func say(_ line: String, _ state: inout State) {
    erase(&state)
    if isHolding && state.isHolding && style == .plain && !isVerbose {
      state.held.append(line)
      return
    }
    for held in state.held { StandardStreams.printError(held) }
    state.held = []
    StandardStreams.printError(line)
  }

  private func erase(_ state: inout State) {
    guard state.isDrawn else { return }
    StandardStreams.drawError("\r\u{1B}[2K")
    state.isDrawn = false
  }
}

/// One line of progress: a bar where the end is known, the rate, and the time that is left.
func progressText(_ step: String, _ completed: Int, _ total: Int?, elapsed: Double) -> String {
  let rate = elapsed > 0 ? Double(completed) / elapsed : 0
  let speed = rate >= 10 ? "\(Int(rate))/s" : "\((rate * 10).rounded() / 10)/s"
  guard let total, total > 0 else { return "\(step) \(completed) \(speed)" }
  let width = 24
  let filled = min(width, width * completed / total)
  let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
  let left = rate > 0 ? readableDuration(Double(total - completed) / rate) : "?"
  return "\(step) \(bar) \(completed)/\(total) \(speed) \(completed < total ? "\(left) left" : "")"
}

extension Duration {
  /// The length in seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
