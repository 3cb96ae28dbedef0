/// Why a step of a run ran, or did not.
public struct RunExplanation: Codable, Sendable, Hashable {
  /// The step.
  public var step: String
  /// How it went.
  public var status: StepStatus
  /// The id of the run.
  public var run: String
  /// The id of the run that it is seen against; nil if there is none.
  public var previous: String?
  /// The reasons, the weightiest first; never empty.
  public var reasons: [ExplanationReason]

  /// Explains a step of a run.
  ///
  /// - Parameter previous: the newest earlier run of the pipeline that ran the step, as
  ///   ``RunStore/previous(of:running:)`` finds it; nil if there is none.
  /// - Throws: ``DataflowError/unknownRecord(_:named:folder:nearest:)`` if the run has no such step.
  public init(_ step: String, in run: RunRecord, against previous: RunRecord?) throws {
    guard let record = run.steps.first(where: { $0.name == step }) else {
      throw DataflowError.unknownRecord(
        "step", named: step, folder: "run \(run.runID)", nearest: nearestName(to: step, in: run.steps.map(\.name)))
    }
    self.step = step
    status = record.status
    self.run = run.runID
    self.previous = previous?.runID
    let pair = StepPair(record, run, previous)
    reasons =
      switch record.status {
      case .skipped: [pair.skipped]
      case .cached: [pair.cached]
      case .computed, .failed: pair.computed
      }
  }
}

extension RunExplanation: CustomStringConvertible {
  /// Lines for people: how it went, then one line for each reason.
  public var description: String {
    let verb =
      switch status {
      case .computed: "ran"
      case .cached: "did not have to run"
      case .skipped: "did not run"
      case .failed: "ran and failed"
      }
    let lines = reasons.map { "  \($0)" }
    return (["step '\(step)' \(verb) in run \(run):"] + lines).joined(separator: "\n")
  }
}
