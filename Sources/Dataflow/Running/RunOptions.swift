/// How a run is done and what is kept of it.
public struct RunOptions: Sendable {
  /// The name of the pipeline in records; empty for the name of its type.
  public var pipeline: String
  /// Where the record goes; nil to keep it in memory only.
  public var store: RunStore?
  /// Where failed items are kept from run to run; nil to forget them.
  public var quarantine: Quarantine?
  /// Whether the run covers only some of the items, as when the user names some sources. Then an item leaves the
  /// quarantine only by going well, not by staying away.
  public var isRestricted: Bool
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
    pipeline: String = "", store: RunStore? = nil, quarantine: Quarantine? = nil, isRestricted: Bool = false,
    observer: (any RunObserver)? = nil, configuration: JSONValue = .null, environment: [String: String] = [:],
    concurrency: Int = 8, itemConcurrency: [String: Int] = [:]
  ) {
    self.pipeline = pipeline
    self.store = store
    self.quarantine = quarantine
    self.isRestricted = isRestricted
    self.observer = observer
    self.configuration = configuration
    self.environment = environment
    self.concurrency = max(1, concurrency)
    self.itemConcurrency = itemConcurrency
  }
}
