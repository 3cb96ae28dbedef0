/// How a run went.
public enum RunStatus: String, Codable, Sendable, CaseIterable {
  /// It is under way.
  case running
  /// It was killed, or its machine was: the record was left by a process that is no more.
  case interrupted
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
