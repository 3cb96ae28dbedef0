/// Why an exchange failed.
public enum HTTPError: Error, CustomStringConvertible {
  /// No connection could be made.
  case notConnected(url: String, reason: String)

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .notConnected(let url, let reason): "cannot connect to \(url): \(reason)"
    }
  }
}
