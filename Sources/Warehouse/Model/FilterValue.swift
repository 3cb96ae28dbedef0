public import Foundation

/// A scalar in a filter. There is no case for documents, so data such as `{"$gt": ""}` stays a string.
public enum FilterValue: Hashable, Sendable {
  /// Text.
  case string(String)
  /// A whole number.
  case integer(Int64)
  /// A number.
  case double(Double)
  /// Truth.
  case bool(Bool)
  /// Milliseconds since 1970 in UTC.
  case date(milliseconds: Int64)
  /// A UUID in binary.
  case uuid(UUID)
}
