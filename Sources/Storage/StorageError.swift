/// What can go wrong with the embedded database file.
public enum StorageError: Error, CustomStringConvertible {
  /// The file could not be opened or brought up to date.
  case cannotOpen(path: String, reason: String)
  /// A newer version of the program has changed the file's tables.
  case newerVersion(path: String, migration: String)
  /// The file is there or could be, and the system does not let it be opened or written.
  case notAccessible(path: String, reason: String)
  /// The disk is full or does not take more; nothing of the transaction was stored, and what was stored before stays.
  case cannotGrow(path: String, reason: String)
  /// A query or transaction failed; nothing of it was stored.
  case operationFailed(path: String, reason: String)
  /// The integrity check found damage.
  case damaged(path: String, findings: [String])

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason):
      "cannot open the embedded database \(path): \(reason). Check that the folder is writable and that the file is "
        + "a database of twin's; move a damaged file away and run again to make a new one."
    case .newerVersion(let path, let migration):
      "the embedded database \(path) was changed by a newer version of twin (\(migration)), and this one could only "
        + "damage it. Use the newer version, or another file."
    case .notAccessible(let path, let reason):
      "the embedded database \(path) cannot be opened or written: \(reason). Check the owner and the permissions of the "
        + "file and of its folder."
    case .cannotGrow(let path, let reason):
      "the embedded database \(path) could not be written: \(reason). What was stored before is safe. Check the free "
        + "space of the disk, and whether a quota or `ulimit -f` keeps the file from growing, and run again."
    case .operationFailed(let path, let reason):
      "the embedded database \(path) could not carry out an operation, and nothing of it was stored: \(reason). "
        + "Check the free space of the disk and run again."
    case .damaged(let path, let findings):
      "the embedded database \(path) is damaged: \(findings.joined(separator: "; ")). Move it away, and run etl and "
        + "features again."
    }
  }
}
