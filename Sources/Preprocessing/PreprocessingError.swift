/// Why a preprocessing configuration cannot be used.
public enum PreprocessingError: Error, Equatable, CustomStringConvertible {
  /// A configured value is out of its range; `key` is spelled as in the configuration file.
  case invalidValue(key: String, value: String, expected: String)

  /// The key, the value and what is expected instead.
  public var description: String {
    switch self {
    case .invalidValue(let key, let value, let expected): "`\(key)` must be \(expected), but is \(value)."
    }
  }
}
