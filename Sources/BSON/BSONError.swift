/// What can be wrong with BSON bytes, with extended JSON, or with a value on its way into them.
public enum BSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The bytes are not BSON.
  case corrupt(offset: Int, reason: String)
  /// There are more levels than a store takes.
  case tooDeep
  /// The name of a field has a NUL character, which BSON cannot say.
  case keyWithNUL(String)
  /// The document is larger than BSON can say (2 GiB).
  case tooLarge
  /// The text is not extended JSON.
  case notJSON(reason: String)

  /// What is wrong.
  public var description: String {
    switch self {
    case .corrupt(let offset, let reason): "its bytes are not BSON: at byte \(offset), \(reason)"
    case .tooDeep: "it has more than 100 levels"
    case .keyWithNUL(let key): "the key \(key.debugDescription) has a NUL character"
    case .tooLarge: "it is larger than BSON can say (2 GiB)"
    case .notJSON(let reason): "not extended JSON: \(reason)"
    }
  }
}
