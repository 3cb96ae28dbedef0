/// Why a dataset could not be made.
public enum DatasetError: Error, Equatable, CustomStringConvertible {
  /// A configured value is out of its range; `key` is spelled as in the configuration file.
  case invalidValue(key: String, value: String, expected: String)
  /// A file of the set could not be read or written.
  case cannotWrite(path: String, reason: String)
  /// The files of a written set do not belong together, or one cannot be read.
  case unusableSet(path: String, reason: String)

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
    }
  }
}
