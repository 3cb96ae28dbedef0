/// How extended JSON says the types that JSON does not have
/// (<https://github.com/mongodb/specifications/blob/master/source/extended-json/extended-json.md>, version 2).
public enum ExtendedJSONFormat: String, CaseIterable, Codable, Sendable {
  /// Numbers and dates are as plain as they can be; whether a number was an int32, an int64 or a double may be lost.
  case relaxed
  /// Every type is written out, so that reading gives back the very same values.
  case canonical
}
