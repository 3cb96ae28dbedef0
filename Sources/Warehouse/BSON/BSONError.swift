/// What can be wrong with BSON bytes or with a value on its way into them.
enum BSONError: Error, CustomStringConvertible {
  case corrupt
  case tooDeep
  case keyWithNUL(String)
  case tooLarge
  case notWritable(type: String)
  case notJSON(reason: String)

  var description: String {
    switch self {
    case .corrupt: "its bytes are not BSON"
    case .tooDeep: "it has more than \(BSONDocument.maximumDepth) levels"
    case .keyWithNUL(let key): "the key \(key.debugDescription) has a NUL character"
    case .tooLarge: "it is larger than BSON can say (2 GiB)"
    case .notWritable(let type): "values of type \(type) are not written"
    case .notJSON(let reason): "not extended JSON: \(reason)"
    }
  }
}
