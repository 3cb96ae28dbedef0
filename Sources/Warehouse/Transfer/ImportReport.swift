/// What became of the rows of an imported file, those of an interrupted import that was gone on with included.
public struct ImportReport: Codable, Hashable, Sendable {
  /// How many failures are kept one by one; ``failed`` counts them all.
  public static let maximumFailures = 1000
  /// How many notes are kept.
  public static let maximumNotes = 100

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
  /// Where the others are: their lines, or elements of an array.
  public var otherFailedRows = RowRanges()
  /// What people should know beside, and is no failure of a row: an author, say, whose user is there and cannot be read.
  public var notes: [String] = []
  /// How many rows an earlier import had done, which was interrupted and which this one went on with; 0 if there was
  /// none.
  public var resumedAfter = 0

  enum CodingKeys: String, CodingKey {
    case path, collection, inserted, updated, unchanged, failed, failures, notes
    case otherFailedRows = "other_failed_rows"
    case resumedAfter = "resumed_after"
  }

  init(path: String, collection: String) {
    self.path = path
    self.collection = collection
  }

  /// All rows.
  public var rows: Int { inserted + updated + unchanged + failed }

  mutating func add(_ outcome: RowOutcome, of row: JSONRow) {
    switch outcome {
    case .stored(.inserted): inserted += 1
    case .stored(.updated): updated += 1
    case .stored(.unchanged): unchanged += 1
    case .stored(.failed(let error)): fail(row, reason: error.description)
    case .bad(let reason): fail(row, reason: reason)
    }
  }

  mutating func note(_ note: String) {
    if notes.count < Self.maximumNotes, !notes.contains(note) { notes.append(note) }
  }

  private mutating func fail(_ row: JSONRow, reason: String) {
    failed += 1
    if failures.count < Self.maximumFailures {
      failures.append(ImportFailure(path: path, row: row, reason: reason))
    } else {
      otherFailedRows.append(row.number)
    }
  }
}
