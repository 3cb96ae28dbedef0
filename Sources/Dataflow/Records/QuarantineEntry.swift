public import Foundation

/// An item that failed and waits for a run in which it does not.
public struct QuarantineEntry: Codable, Sendable, Hashable {
  /// Made from the scope, the pipeline, the step, the item and its parent: 32 hexadecimal digits.
  public var id: String
  /// The digest of the scope of the quarantine, 32 hexadecimal digits; empty without one.
  public var scope: String
  /// The pipeline.
  public var pipeline: String
  /// The step.
  public var step: String
  /// The item; nil if the step failed as a whole.
  public var item: String?
  /// The item that the step was given when it put this one aside, as ``Failure/parent`` has it.
  public var parent: String?
  /// What went wrong the last time.
  public var error: String
  /// How often it was tried, over all runs.
  public var attempts: Int
  /// When it failed for the first time.
  public var first: Date
  /// When it failed the last time.
  public var last: Date
  /// Before when its step does not try it again; nil for the next run.
  public var next: Date?

  /// The same for the same item of the same step, whatever the run.
  static func identifier(scope: String, pipeline: String, _ failure: Failure) -> String {
    let place = [scope, pipeline, failure.step, failure.item ?? "", failure.item == nil ? "step" : "item"]
    return shortDigest(place + (failure.parent.map { [$0] } ?? []))
  }

  /// What ``scope`` says of a scope: a path would tell more than an entry needs.
  static func digest(ofScope scope: String) -> String { scope.isEmpty ? "" : shortDigest([scope]) }

  private static func shortDigest(_ parts: [String]) -> String {
    String(hexadecimal(Dataflow.digest(parts)).prefix(32))
  }
}
