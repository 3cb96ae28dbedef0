/// How a warehouse is reached. The defaults suit a command-line run.
public struct WarehouseOptions: Hashable, Sendable {
  /// How long a MongoDB server is looked for before the warehouse counts as down, unless the URL says
  /// `serverSelectionTimeoutMS`.
  public var serverSelectionTimeout: Duration = .seconds(5)
  /// How long MongoDB's answer is awaited when it makes an index, or counts, changes or deletes what a condition means,
  /// for which it may walk through the whole collection. All other answers are awaited for the URL's `socketTimeoutMS`,
  /// a minute by default; these, too, if that is longer.
  public var longCommandTimeout: Duration = .seconds(3600)
  /// How many connections to MongoDB are used at once, each with a thread of its own while it works.
  public var connections = 4

  /// The defaults.
  public init() {}
}
