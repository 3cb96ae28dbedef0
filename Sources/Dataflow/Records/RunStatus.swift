/// How a run went.
public enum RunStatus: String, Codable, Sendable, CaseIterable {
  /// It has begun; a record that keeps saying so was left by a run that was killed.
  case running
  /// All is well and something was done.
  case succeeded
  /// All that was asked for is there, but items failed and are in quarantine.
  case partial
  /// Something that was asked for could not be made.
  case failed
  /// All is well and nothing had to be computed or deleted.
  case unchanged
  /// It was interrupted, and what was done by then is kept.
  case cancelled
}
