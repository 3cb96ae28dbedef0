/// What is kept of a step of a run.
public struct StepRecord: Codable, Sendable, Hashable {
  /// The step.
  public var name: String
  /// How it went.
  public var status: StepStatus
  /// How long it took, in seconds.
  public var seconds: Double
  /// What became of its items.
  public var items: ItemCounts

  init(name: String, _ outcome: StepOutcome) {
    self.name = name
    seconds = outcome.seconds
    items = outcome.items
    status =
      switch outcome.result {
      case .value: outcome.items.isCached ? .cached : .computed
      case .failed: .failed
      case .skipped, .cancelled: .skipped
      }
  }
}

extension ItemCounts {
  fileprivate var isCached: Bool { computed == 0 && deleted == 0 && failed == 0 && cached > 0 }
}
