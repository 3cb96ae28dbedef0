/// What the values of a field are stored as, and so what they can be compared with: text is never less than a number.
public enum FilterKind: String, Hashable, Sendable {
  /// Text, ordered by its UTF-8 bytes.
  case string
  /// int32, int64 and double, compared by value.
  case number
  /// Truth; false comes first.
  case bool
  /// Dates.
  case date
  /// UUIDs as binary data, which can only be equal or not.
  case uuid
}
