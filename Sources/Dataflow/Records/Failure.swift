public import Foundation

/// An item, or a whole step, that failed.
public struct Failure: Codable, Sendable, Hashable {
  /// The step.
  public var step: String
  /// The item's name; null in JSON if the step failed as a whole.
  public var item: String?
  /// What went wrong, as text.
  public var error: String
  /// How often it was tried, earlier runs included where a quarantine is kept.
  public var attempts: Int
  /// The item that the step was given when it put this one aside, if it fans out; a run over that item alone tries this
  /// one again. Nil if the item is the one that the step was given.
  public var parent: String?
  /// Before when the step does not try it again; nil for the next run.
  public var nextTry: Date?

  /// A failed item, or a failed step if `item` is nil.
  public init(
    step: String, item: String?, error: String, attempts: Int = 1, parent: String? = nil, nextTry: Date? = nil
  ) {
    self.step = step
    self.item = item
    self.error = error
    self.attempts = attempts
    self.parent = parent
    self.nextTry = nextTry
  }

  init(step: String, error: any Error) {
    self.init(step: step, item: nil, error: errorText(error))
  }

  enum CodingKeys: String, CodingKey {
    case step, item, error, attempts, parent
    case nextTry = "next_try"
  }

  /// Writes `item` even when there is none, so that every failure has the same fields.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(step, forKey: .step)
    try container.encode(item, forKey: .item)
    try container.encode(error, forKey: .error)
    try container.encode(attempts, forKey: .attempts)
    try container.encodeIfPresent(parent, forKey: .parent)
    try container.encodeIfPresent(nextTry, forKey: .nextTry)
  }
}
