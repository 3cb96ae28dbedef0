public import Foundation

/// What is kept of a step of a run.
public struct StepRecord: Codable, Sendable, Hashable {
  /// The step.
  public var name: String
  /// How it went.
  public var status: StepStatus
  /// When it began; nil if it did not.
  public var started: Date?
  /// When it ended; nil if it did not begin.
  public var ended: Date?
  /// How long it took, in seconds; of steps whose items flow through them together, from its first item to its last.
  public var seconds: Double
  /// What became of its items.
  public var items: ItemCounts
  /// The names of what it needs, steps and inputs, in the order of its arguments.
  public var needs: [String] = []
  /// The name of the need whose items it takes one by one; nil if it takes none so.
  public var fan: String?
  /// How the cache was used for it.
  public var cache: CacheBehaviour?
  /// Why it is never cached, if so.
  public var uncached: String?
  /// The version of its code.
  public var code: String?
  /// What it was made from; nil if that is not known, as when the run keeps no cache and no record.
  public var key: CacheKey?
  /// What its checks, or its own code, warned of.
  public var warnings: [String] = []
  /// How many calls were tried again.
  public var retries = 0
  /// What it used, such as tokens or calls, by name.
  public var usage: [String: Double] = [:]
  /// What it noted; kept also when it failed.
  public var metadata: [String: JSONValue] = [:]

  init(name: String, status: StepStatus, seconds: Double = 0, items: ItemCounts = ItemCounts()) {
    self.name = name
    self.status = status
    self.seconds = seconds
    self.items = items
  }
}

extension ItemCounts {
  /// Whether all that there is was there before.
  var isCached: Bool { computed == 0 && deleted == 0 && failed == 0 && cached > 0 }
}
