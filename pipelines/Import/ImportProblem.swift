/// Why what was put aside of an import cannot be tried again.
enum ImportProblem: Error, CustomStringConvertible {
  /// So many rows of a file failed that they are not kept one by one.
  case manyRows(of: ImportReport)
  /// The entry is about a whole file.
  case notARow
  /// The file has another row there now.
  case changed(path: String, row: String)
  /// The row is not known any more.
  case notKept(path: String)

  /// What was being done, to what, and what to do about it.
  var description: String {
    switch self {
    case .manyRows(let report):
      "\(report.failed - report.failures.count) more rows failed, which are not kept one by one: "
        + "\(report.otherFailedRows). Correct the file and import it again."
    case .notARow: "it is not one row. Import the file again."
    case .changed(let path, let row):
      "\(path) has changed: its \(row) is not the one that failed. Import the file again."
    case .notKept(let path):
      "\(path) does not have the row any more, and it was too long to be kept. Import the file again."
    }
  }
}
