/// How a step is treated when something goes wrong, and when it may be left out since its result is known.
public struct StepPolicy: Sendable, Hashable {
  /// How often and when a call that throws is tried again; of a step that fans out, for each item.
  public var retry: Retry
  /// How long one try may take; only work that suspends can be stopped.
  public var timeout: Duration?
  /// Whether an earlier result may be used; nil to decide by what the step can reach (``CacheBehaviour``).
  public var cache: CacheBehaviour?
  /// How many items may fail before the step counts as failed; nil for any number.
  public var maximumFailures: FailureLimit?

  /// The default: one try, no limit of time, the cache where it is safe, any number of failed items.
  public init(
    retry: Retry = .never, timeout: Duration? = nil, cache: CacheBehaviour? = nil,
    maximumFailures: FailureLimit? = nil
  ) {
    self.retry = retry
    self.timeout = timeout
    self.cache = cache
    self.maximumFailures = maximumFailures
  }
}

/// How the cache is used for a step.
public enum CacheBehaviour: String, Sendable, Hashable, Codable, CaseIterable {
  /// An earlier result made by the same code from the same data is used.
  case `default`
  /// The step always runs, as one must that reads the outside world; its result is stored, and steps that need it run
  /// again only if it differs.
  case recompute
  /// The step always runs and its result is not stored, as it should be for one that acts on the outside world.
  case disable
  /// As ``default``, but the result does not count when it is decided whether steps that need it must run again, as for
  /// a log's name or a number of threads.
  case ignore
}

/// How many items of a step may fail.
public enum FailureLimit: Sendable, Hashable {
  /// This many.
  case count(Int)
  /// This part of all items, from 0 to 1.
  case fraction(Double)

  /// Whether so many failures are too many.
  ///
  /// - Parameter total: all items; nil while more may come, when only a count can be exceeded.
  func isExceeded(by failures: Int, of total: Int?) -> Bool {
    switch self {
    case .count(let limit): failures > limit
    case .fraction(let limit): total.map { Double(failures) > limit * Double($0) } ?? false
    }
  }
}
