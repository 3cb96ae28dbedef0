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
    /// What it used or made, by name.
    var used: [String: Double] = [:]
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
    case .used(let step, let name, let amount):
      active[step, default: Step(began: .now)].used[name] = amount
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
      "\(pipeline): \(main)", step.completed, step.total, elapsed: (now - step.began).seconds,
      barWidth: width ?? 100 < 100 ? Self.barWidth / 2 : Self.barWidth)
    let later = steps.drop(while: { $0 != main })
    // What was made is worth more than how many items are where: a narrow terminal cuts those off.
    text += later.compactMap { active[$0].map { usedText(by: $0, at: now) } }.joined()
    for name in later.dropFirst() {
      guard let count = active[name]?.completed, count > 0 else { continue }
      text += ", \(name) \(count)"
    }
    if failures > 0 { text += ", \(failures) failed" }
    if retries > 0 { text += ", \(retries == 1 ? "1 retry" : "\(retries) retries")" }
    guard let width, text.count >= width else { return text }
    return String(text.prefix(max(0, width - 2))) + "…"
  }

  /// What a step used or made so far, and how fast: `, 340 chunks, 28/s`. Nobody waits for money: it has no speed.
  private func usedText(by step: Step, at now: ContinuousClock.Instant) -> String {
    let seconds = (now - step.began).seconds
    let parts = step.used.sorted { $0.key < $1.key }.filter { $0.value > 0 }.map { name, amount in
      let name = name.replacing("_", with: " ")
      guard let count = Int(exactly: amount) else { return "\((amount * 1e4).rounded() / 1e4) \(name)" }
      return "\(count) \(name), \(rateText(amount, in: seconds))"
    }
    return parts.map { ", \($0)" }.joined()
  }
}

/// How many in a second.
private func rateText(_ amount: Double, in seconds: Double) -> String {
  let rate = seconds > 0 ? amount / seconds : 0
  return rate >= 10 ? "\(Int(rate.rounded()))/s" : "\((rate * 10).rounded() / 10)/s"
}

/// One line of progress: a bar where the end is known, the rate, and the time that is left.
func progressText(_ step: String, _ completed: Int, _ total: Int?, elapsed: Double, barWidth: Int) -> String {
  let rate = elapsed > 0 ? Double(completed) / elapsed : 0
  let speed = rateText(Double(completed), in: elapsed)
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
