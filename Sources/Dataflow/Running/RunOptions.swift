/// How a run is done and what is kept of it.
public struct RunOptions: Sendable {
  /// The name of the pipeline in records; empty for the name of its type.
  public var pipeline: String
  /// Where the record goes; nil to keep it in memory only.
  public var store: RunStore?
  /// Where failed items are kept from run to run; nil to forget them.
  public var quarantine: Quarantine?
  /// Where results are kept from run to run; nil to make everything each time.
  public var cache: ResultCache?
  /// What tells apart runs of one pipeline over different data, such as the path of a configuration: what an item's
  /// absence means is seen against the last complete run of the same scope.
  public var scope: String
  /// How the cache is used, whatever the steps say; nil for what they say. ``CacheBehaviour/recompute`` makes all anew.
  public var cacheBehaviour: CacheBehaviour?
  /// Policies in the place of those that steps declare, by the step's name.
  public var policies: [String: StepPolicy]
  /// Whether the run covers only some of the items, as when the user names some sources. Then an item leaves the
  /// quarantine only by going well, not by staying away, and nothing counts as removed.
  public var isRestricted: Bool
  /// The names of the items that a step may take, by the step's name; steps that are not named take all. A run that has
  /// any is restricted.
  public var onlyItems: [String: Set<String>]
  /// How many items of the whole run may fail before it counts as failed; nil for any number.
  public var maximumFailures: FailureLimit?
  /// Who watches.
  public var observer: (any RunObserver)?
  /// The configuration to show in the record, without its secrets.
  public var configuration: JSONValue
  /// What to add to the record's `environment`, such as the program's version.
  public var environment: [String: String]
  /// How many steps run at once at most.
  public var concurrency: Int
  /// How many items of a step run at once at most, by the step's name, where that is not for its declaration to say.
  public var itemConcurrency: [String: Int]

  /// - Parameter concurrency: 8 by default; most steps wait rather than compute.
  public init(
    pipeline: String = "", store: RunStore? = nil, quarantine: Quarantine? = nil, cache: ResultCache? = nil,
    scope: String = "", cacheBehaviour: CacheBehaviour? = nil, policies: [String: StepPolicy] = [:],
    isRestricted: Bool = false, onlyItems: [String: Set<String>] = [:], maximumFailures: FailureLimit? = nil,
    observer: (any RunObserver)? = nil, configuration: JSONValue = .null, environment: [String: String] = [:],
    concurrency: Int = 8, itemConcurrency: [String: Int] = [:]
  ) {
    self.pipeline = pipeline
    self.store = store
    self.quarantine = quarantine
    self.cache = cache
    self.scope = scope
    self.cacheBehaviour = cacheBehaviour
    self.policies = policies
    self.isRestricted = isRestricted || !onlyItems.isEmpty
    self.onlyItems = onlyItems
    self.maximumFailures = maximumFailures
    self.observer = observer
    self.configuration = configuration
    self.environment = environment
    self.concurrency = max(1, concurrency)
    self.itemConcurrency = itemConcurrency
  }

  /// Whether results of earlier runs are looked up.
  var usesResults: Bool { cache != nil && cacheBehaviour != .recompute && cacheBehaviour != .disable }
}
