/// How a step of a run ended.
struct StepOutcome: Sendable {
  enum Result: Sendable {
    case value(any Sendable)
    case failed(any Error)
    /// Something that it needs failed.
    case skipped
    case cancelled
  }

  var result: Result
  var seconds = 0.0
  var items = ItemCounts()
  var notes = StepRecorder.Notes()
  /// How many elements the value has, if it is a list.
  var count: Int?
  /// The digest of the value, if records are kept and the value can be encoded.
  var digest: ArtifactDigest?

  func record(name: String) -> StepRecord {
    let status: StepStatus =
      switch result {
      case .value: items.isCached ? .cached : .computed
      case .failed: .failed
      case .skipped, .cancelled: .skipped
      }
    return StepRecord(name: name, status: status, seconds: seconds, items: items)
  }
}
