import Pipelines

/// How far a run is, as one line says it.
///
/// Items flow through several steps at once. The line is about the last of those that know how many items there will
/// be; behind it stand the counts of the steps after it, which do not.
struct RunProgress {
  private struct Step {
    var began: ContinuousClock.Instant
    var completed = 0
    var total: Int?
  }

  /// When the run began.
  private(set) var started = ContinuousClock.now
  private var pipeline = ""
  private var order: [String] = []
  /// The steps that are under way.
  private var active: [String: Step] = [:]
  private var failures = 0
  private var retries = 0

  private static let barWidth = 24

  /// Takes note of what happened.
  mutating func note(_ event: RunEvent) {
    switch event {
    case .runStarted(_, let pipeline, let steps):
      self = RunProgress()
      self.pipeline = pipeline
      order = steps
    case .stepStarted(let step, let items): active[step] = Step(began: .now, total: items)
    case .progress(let step, let completed, let total):
      var current = active[step] ?? Step(began: .now)
      current.completed = completed
      if let total { current.total = total }
      active[step] = current
    case .stepEnded(let record): active[record.name] = nil
    case .failed: failures += 1
    case .retrying: retries += 1
    default: break
    }
  }

  /// The line; nil if no step has anything to count.
  ///
  /// - Parameter width: the columns that there are; nil for any number.
  func line(at now: ContinuousClock.Instant, width: Int? = nil) -> String? {
    let steps = order.filter { active[$0].map { $0.completed > 0 || $0.total ?? 0 > 0 } ?? false }
    let main = steps.last { active[$0]?.total ?? 0 > 0 } ?? steps.last
    guard let main, let step = active[main] else { return nil }
    var text = progressText(
      "\(pipeline): \(main)", step.completed, step.total, elapsed: (now - step.began).seconds, barWidth: Self.barWidth)
    for later in steps.drop(while: { $0 != main }).dropFirst() {
      guard let count = active[later]?.completed, count > 0 else { continue }
      text += ", \(later) \(count)"
    }
    if failures > 0 { text += ", \(failures) failed" }
    if retries > 0 { text += ", \(retries == 1 ? "1 retry" : "\(retries) retries")" }
    guard let width, text.count >= width else { return text }
    return String(text.prefix(max(0, width - 2))) + "…"
  }
}

/// One line of progress: a bar where the end is known, the rate, and the time that is left.
func progressText(_ step: String, _ completed: Int, _ total: Int?, elapsed: Double, barWidth: Int) -> String {
  let rate = elapsed > 0 ? Double(completed) / elapsed : 0
  let speed = rate >= 10 ? "\(Int(rate.rounded()))/s" : "\((rate * 10).rounded() / 10)/s"
  guard let total, total > 0 else { return "\(step) \(completed), \(speed)" }
  let filled = min(barWidth, barWidth * completed / total)
  let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: barWidth - filled)
  let text = "\(step) \(bar) \(completed)/\(total), \(speed)"
  guard completed > 0, completed < total, rate > 0 else { return text }
  return "\(text), \(readableDuration(Double(total - completed) / rate)) left"
}

extension Duration {
  /// The length in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
