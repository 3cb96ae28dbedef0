/// The work of a step, for one call: on the whole of its needs or, if it fans out, on one item.
public enum StepBody<Owner: Sendable>: Sendable {
  /// Work that never suspends. When a step fans out, such work is given to tasks in batches.
  case plain(@Sendable (Owner, Arguments) throws -> any Sendable)
  /// Work that waits for something.
  case suspending(@Sendable (Owner, Arguments) async throws -> any Sendable)
}
