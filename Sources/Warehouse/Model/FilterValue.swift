/// A scalar in a filter. There is no case for documents, so data such as `{"$gt": ""}` stays a string.
public enum FilterValue: Hashable, Sendable {
  /// Text.
  case string(String)
  /// A whole number.
  case integer(Int64)
  /// Truth.
  case bool(Bool)
}
