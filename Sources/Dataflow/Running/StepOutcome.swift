import Foundation

/// How a step of a run ended.
struct StepOutcome: Sendable {
  enum Result: Sendable {
    case value(Held)
    case failed(any Error)
    /// Something that it needs failed.
    case skipped
    case cancelled
    /// It would have run, if the run were not a preview.
    case pending
  }

  var result: Result
  var seconds = 0.0
  var items = ItemCounts()
  var notes = StepRecorder.Notes()
  var caching: StepCaching?
  /// What is known of the product, for its artifact's record.
  var product = Product()
  /// What the cache is to remember of the items until the next run, if a step wants to know what is removed.
  var manifest: PendingManifest?

  struct Product: Sendable {
    /// How many elements, if it is a list.
    var count: Int?
    /// The length of the JSON.
    var bytes: Int?
    var sha256: String?
    /// Whether ``sha256`` is over the digests of items.
    var isItemized = false
    /// Whether the items' results are lists, which the product joins.
    var isFlat = false
    /// Whether the cache has it.
    var isStored = false
  }

  init(_ result: Result) {
    self.result = result
  }

  /// Whether the product was there before the run.
  var isFromCache: Bool { items.isCached }

  func record(_ signature: StepSignature) -> StepRecord {
    let status: StepStatus =
      switch result {
      case .value: isFromCache ? .cached : .computed
      case .failed: .failed
      case .skipped, .cancelled, .pending: .skipped
      }
    var record = StepRecord(name: signature.name, status: status, seconds: seconds, items: items)
    record.started = notes.started.map(recorded)
    record.ended = notes.ended.map(recorded)
    record.needs = signature.needs.map(\.name)
    record.fan = signature.fan?.need
    record.cache = caching?.behaviour
    record.uncached = caching?.reason
    record.code = signature.code.text
    record.key = caching?.key
    record.warnings = notes.warnings
    record.retries = notes.retries
    record.usage = notes.usage
    record.metadata = notes.metadata
    return record
  }

  /// What the recorder heard, in the counts.
  mutating func take(_ recorder: StepRecorder) {
    notes = recorder.collected
    items.failed = notes.failures.count
    if let counted = notes.counted {
      items.computed = counted.computed
      items.cached = counted.cached
      items.deleted += counted.deleted
    }
  }
}

/// A time as records have it, to the millisecond.
private func recorded(_ date: Date) -> Date {
  let seconds = date.timeIntervalSinceReferenceDate
  let whole = seconds.rounded(.down)
  return Date(timeIntervalSinceReferenceDate: whole + ((seconds - whole) * 1000).rounded() / 1000)
}

/// A manifest that is written once those who delete what was removed have done so.
struct PendingManifest: Sendable {
  let name: String
  var items: [CacheManifest.Item]
  /// What vanished, and stays to be reported until it is deleted.
  var removed: [CacheManifest.Item]
  /// Whether what was removed stays to be reported whatever those who delete it do.
  var isKept = false
}
