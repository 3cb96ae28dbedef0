/// What became of rows that were stored together.
struct StoredRows: Sendable {
  /// One for each row, in order.
  var outcomes: [RowOutcome]
  /// What people should know beside, and is no failure of a row.
  var notes: [String] = []
}
