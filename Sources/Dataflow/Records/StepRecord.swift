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

  enum CodingKeys: String, CodingKey {
    case name, status, started, ended, seconds, items, needs, fan, cache, uncached, code, key, warnings, retries, usage
    case metadata
  }

  init(name: String, status: StepStatus, seconds: Double = 0, items: ItemCounts = ItemCounts()) {
    self.name = name
    self.status = status
    self.seconds = seconds
    self.items = items
  }
}

extension StepRecord {
  /// Reads a record of this version or an earlier one, which lacks fields.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    status = try container.decode(StepStatus.self, forKey: .status)
    started = try container.decodeIfPresent(Date.self, forKey: .started)
    ended = try container.decodeIfPresent(Date.self, forKey: .ended)
    seconds = try container.decode(Double.self, forKey: .seconds)
    items = try container.decode(ItemCounts.self, forKey: .items)
    needs = try container.decodeIfPresent([String].self, forKey: .needs) ?? []
    fan = try container.decodeIfPresent(String.self, forKey: .fan)
    cache = try container.decodeIfPresent(CacheBehaviour.self, forKey: .cache)
    uncached = try container.decodeIfPresent(String.self, forKey: .uncached)
    code = try container.decodeIfPresent(String.self, forKey: .code)
    key = try container.decodeIfPresent(CacheKey.self, forKey: .key)
    warnings = try container.decodeIfPresent([String].self, forKey: .warnings) ?? []
    retries = try container.decodeIfPresent(Int.self, forKey: .retries) ?? 0
    usage = try container.decodeIfPresent([String: Double].self, forKey: .usage) ?? [:]
    metadata = try container.decodeIfPresent([String: JSONValue].self, forKey: .metadata) ?? [:]
  }
}

extension ItemCounts {
  /// Whether all that there is was there before.
  var isCached: Bool { computed == 0 && deleted == 0 && failed == 0 && cached > 0 }
}
