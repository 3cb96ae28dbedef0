/// What a run would do.
public struct RunPreview: Codable, Sendable, Hashable {
  /// The pipeline.
  public var pipeline: String
  /// The steps that would take part, each after those that it needs.
  public var steps: [StepPreview]
  /// What went wrong while looking, such as a cache that cannot be read.
  public var warnings: [String]

  /// A preview in all its parts.
  public init(pipeline: String, steps: [StepPreview], warnings: [String] = []) {
    self.pipeline = pipeline
    self.steps = steps
    self.warnings = warnings
  }
}

/// What a run would do with one step.
public struct StepPreview: Codable, Sendable, Hashable {
  /// What would be done.
  public enum Action: String, Codable, Sendable, CaseIterable {
    /// It reads the outside world, and has done so for the preview.
    case reads
    /// All that it makes is in the cache.
    case cached
    /// It would run, over all its items or some of them.
    case run
    /// It would run and act on the outside world.
    case act
    /// That depends on what steps give that would run before it.
    case unknown
  }

  /// The step.
  public var name: String
  /// What would be done.
  public var action: Action
  /// Why; nil where the action says it all.
  public var reason: String?
  /// Its items, as far as they are known: `computed` would be computed, `cached` are there.
  public var items: ItemCounts
  /// What a step that reads noted.
  public var metadata: [String: JSONValue]
  /// Why it is never cached, if so.
  public var uncached: String?

  /// A preview in all its parts.
  public init(
    name: String, action: Action, reason: String? = nil, items: ItemCounts = ItemCounts(),
    metadata: [String: JSONValue] = [:], uncached: String? = nil
  ) {
    self.name = name
    self.action = action
    self.reason = reason
    self.items = items
    self.metadata = metadata
    self.uncached = uncached
  }
}
