/// Why a dataset could not be made.
public enum DatasetError: Error, Equatable, CustomStringConvertible {
  /// A configured value is out of its range; `key` is spelled as in the configuration file.
  case invalidValue(key: String, value: String, expected: String)
  /// A file of the set could not be read or written.
  case cannotWrite(path: String, reason: String)
  /// The files of a written set do not belong together, or one cannot be read.
  case unusableSet(path: String, reason: String)
  /// A file that the configuration names cannot be used.
  case unreadable(path: String, reason: String)
  /// There is no written set where one is looked for.
  case noSet(path: String)
  /// Something of the test side stands in the training side, so that the set must not be written.
  case leak(what: String, train: String, test: String)
  /// The reply of a model to one extract cannot be used, though it was asked twice.
  case badReply(reason: String)
  /// What a run may spend on a model is spent.
  case budgetSpent(spent: String, budget: String)
  /// A table cannot be written as Parquet.
  case unwritableTable(reason: String)
  /// The hub refused a step of a push, or answered what cannot be used.
  case pushFailed(repository: String, step: String, reason: String)

  /// What was being done, and what to do about it.
  public var description: String {
    switch self {
    case .invalidValue(let key, let value, let expected): "`\(key)` must be \(expected), but is \(value)."
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason). The set that stood there before is untouched; check the folder and the free "
        + "space, and run again."
    case .unusableSet(let path, let reason):
      "cannot tell which rows of the set are whose: \(path) \(reason). Make the set anew with `twin dataset`, or delete "
        + "its folder."
    case .unreadable(let path, let reason): "cannot read \(path): \(reason). Correct the file or the path."
    case .noSet(let path): "there is no dataset in \(path). Make one with `twin dataset`."
    case .leak(let what, let train, let test):
      "the set is not written: \(what) of the test sample \(test) stands in the training sample \(train), too. Please "
        + "report this: the split should have kept them together."
    case .badReply(let reason): "no pairs of this extract: \(reason) The next run asks about it again."
    case .budgetSpent(let spent, let budget):
      "the budget of \(budget) is spent (\(spent)). What was answered is kept: run again with another budget, and it goes "
        + "on from there."
    case .unwritableTable(let reason): "cannot write the table as Parquet: \(reason)."
    case .pushFailed(let repository, let step, let reason):
      "cannot push to \(repository): \(step) failed: \(reason)"
    }
  }
}
