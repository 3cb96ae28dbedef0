/// What became of the rows of an imported file.
public struct ImportReport: Codable, Hashable, Sendable {
  /// How many failures are kept one by one; ``failed`` counts them all.
  public static let maximumFailures = 1000

  /// The file.
  public var path: String
  /// The collection it was imported to.
  public var collection: String
  /// How many documents were new.
  public var inserted = 0
  /// How many replaced a stored one.
  public var updated = 0
  /// How many were stored already.
  public var unchanged = 0
  /// How many rows could not be stored.
  public var failed = 0
  /// The first of those, with the reason.
  public var failures: [ImportFailure] = []

  init(path: String, collection: String) {
    self.path = path
    self.collection = collection
  }

  mutating func add(_ outcome: SaveOutcome, of row: String) {
    switch outcome {
    case .inserted: inserted += 1
    case .updated: updated += 1
    case .unchanged: unchanged += 1
    case .failed(let error): fail(row, reason: error.description)
    }
  }

  mutating func fail(_ row: String, reason: String) {
    failed += 1
    if failures.count < Self.maximumFailures { failures.append(ImportFailure(path: path, row: row, reason: reason)) }
  }
}
