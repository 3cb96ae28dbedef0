/// A JSON value found inside a page.
enum JSONValue: Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// A member of an object.
  subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// The text of a string, cleaned, or of the first string in an array; nil when empty.
  var text: String? {
    switch self {
    case .string(let text):
      let line = EntityDecoder.line(text)
      return line.isEmpty ? nil : line
    case .array(let items): return items.lazy.compactMap(\.text).first
    case .object(let members): return members["@value"]?.text ?? members["name"]?.text
    case .number(let number): return number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : nil
    case .null, .bool: return nil
    }
  }

  /// The items of an array; a value alone counts as an array of one.
  var items: [JSONValue] {
    switch self {
    case .array(let items): items
    case .null: []
    default: [self]
    }
  }
}
