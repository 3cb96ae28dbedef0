/// What the server says of a bulk, by index of its writes.
struct MongoBulkResult {
  /// The writes that made a document.
  var inserted: Set<Int> = []
  /// The writes that failed.
  var failures: [Int: (code: UInt32, message: String)] = [:]
}
