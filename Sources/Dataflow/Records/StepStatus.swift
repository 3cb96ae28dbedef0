/// How a step of a run went.
public enum StepStatus: String, Codable, Sendable, CaseIterable {
  /// It ran.
  case computed
  /// It ran and found all its items done by earlier runs.
  case cached
  /// It did not run, since something that it needs failed or the run was interrupted.
  case skipped
  /// It failed as a whole.
  case failed
}
