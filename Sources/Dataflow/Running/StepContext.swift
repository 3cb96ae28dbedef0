public import Foundation

/// What a step may say about its own work while it runs.
///
/// Outside a run, as in a unit test that calls a step as the plain method it is, all of this does nothing.
public struct StepContext: Sendable {
  let recorder: StepRecorder?

  /// The context of the step that is running in this task.
  public static var current: StepContext { StepContext(recorder: StepRecorder.current) }

  /// Whether anybody listens; a step may leave out work that only fills the record.
  public var isRecording: Bool { recorder != nil }

  /// Notes something about the artifact that the step makes. A key noted twice keeps the later value.
  public func record(_ key: String, _ value: some Encodable & Sendable) {
    recorder?.note(key, JSONValue(encoding: value))
  }

  /// Says where the artifact's data lies, such as a path or a collection's URL (without credentials).
  public func record(uri: String) {
    recorder?.note(uri: uri)
  }

  /// Counts items that an incremental step computed, took from what earlier runs left, or deleted; calls add up.
  ///
  /// Once a step has counted, its own numbers stand instead of the engine's. A run in which the steps that counted
  /// computed and deleted nothing is ``RunStatus/unchanged``.
  public func count(computed: Int = 0, cached: Int = 0, deleted: Int = 0) {
    recorder?.count(computed: computed, cached: cached, deleted: deleted)
  }

  /// Notes that something is not as it should be though the step goes on.
  public func warn(_ message: String) {
    recorder?.warn(message)
  }

  /// Notes what the step used, such as `tokens`, `calls` or `dollars`, or how much it made where that is not its items;
  /// amounts of one name add up, over the run, too.
  public func use(_ name: String, _ amount: Double) {
    recorder?.use(name, amount)
  }

  /// Puts an item aside that failed, when the step itself loops over its items. The step goes on.
  ///
  /// - Parameter attempts: how often it was tried in this run.
  public func quarantine(item: String, error: any Error, attempts: Int = 1) {
    quarantine(item: item, reason: errorText(error), attempts: attempts)
  }

  /// Puts an item aside for a reason that is not an error value.
  ///
  /// - Parameters:
  ///   - attempts: how often it was tried in this run; 0 if it was not, since its next try is not due.
  ///   - nextTry: before when the step does not try it again; nil for the next run. It is for people to read: the engine
  ///     calls the step all the same.
  public func quarantine(item: String, reason: String, attempts: Int = 1, nextTry: Date? = nil) {
    recorder?.quarantine(item: item, reason: reason, attempts: attempts, nextTry: nextTry)
  }

  /// Says that an item went well, when the step itself loops over its items: a run that is restricted to some items
  /// takes no others out of the quarantine. Of a step that fans out the engine knows.
  public func succeed(item: String) {
    recorder?.succeed(item: item)
  }

  /// Says how far the step is.
  ///
  /// - Parameter total: of how many, nil while unknown.
  public func progress(completed: Int, total: Int? = nil) {
    recorder?.progress(completed: completed, total: total)
  }
}
