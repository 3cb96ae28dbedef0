/// The shape that a reply must have, as a JSON Schema.
///
/// Servers know different parts of JSON Schema; what all of them know, and what a reply is checked for here, is `type`,
/// `properties`, `required`, `additionalProperties: false`, `items`, `enum`, and the limits `minItems`, `maxItems`,
/// `minLength` and `maxLength` (JSON Schema Validation 2020-12, section 6). The root is an object.
public struct ResponseSchema: Hashable, Sendable {
  /// A name of up to 64 letters, digits, `_` and `-`, which OpenAI's servers ask for.
  public var name: String
  /// The schema.
  public var schema: JSONValue

  /// Makes a schema.
  public init(name: String, schema: JSONValue) {
    self.name = name
    self.schema = schema
  }

  /// The first place where `value` breaks the schema and how, or nil when it fits.
  public func violation(by value: JSONValue) -> String? {
    firstViolation(of: schema, by: value, at: "the reply")
  }
}

private func firstViolation(of schema: JSONValue, by value: JSONValue, at place: String) -> String? {
  if let type = schema["type"]?.string, !value.hasType(type) { return "\(place) is \(value.typeName), not \(type)" }
  if let allowed = schema["enum"]?.array, !allowed.contains(value) { return "\(place) is none of the allowed values" }
  switch value {
  case .object(let members): return memberViolation(of: schema, by: members, at: place)
  case .array(let elements):
    if let problem = countViolation(elements.count, schema, ("minItems", "maxItems"), "items", place) { return problem }
    guard let items = schema["items"] else { return nil }
    for (index, element) in elements.enumerated() {
      if let problem = firstViolation(of: items, by: element, at: "\(place)[\(index)]") { return problem }
    }
    return nil
  case .string(let text):
    return countViolation(text.unicodeScalars.count, schema, ("minLength", "maxLength"), "characters", place)
  default: return nil
  }
}

private func memberViolation(of schema: JSONValue, by members: [String: JSONValue], at place: String) -> String? {
  for name in schema["required"]?.array ?? [] {
    if let name = name.string, members[name] == nil { return "\(place) has no \"\(name)\"" }
  }
  for (name, member) in members.sorted(by: { $0.key < $1.key }) {
    if let property = schema["properties"]?[name] {
      if let problem = firstViolation(of: property, by: member, at: "\(place).\(name)") { return problem }
    } else if schema["additionalProperties"] == .bool(false) {
      return "\(place) has \"\(name.prefix(40))\", which the schema does not know"
    }
  }
  return nil
}

private func countViolation(
  _ count: Int, _ schema: JSONValue, _ keys: (least: String, most: String), _ unit: String, _ place: String
) -> String? {
  if case .number(let least) = schema[keys.least], Double(count) < least {
    return "\(place) has \(count) \(unit), fewer than \(Int(least))"
  }
  if case .number(let most) = schema[keys.most], Double(count) > most {
    return "\(place) has \(count) \(unit), more than \(Int(most))"
  }
  return nil
}

extension JSONValue {
  fileprivate var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  fileprivate func hasType(_ name: String) -> Bool {
    switch self {
    case .null: name == "null"
    case .bool: name == "boolean"
    case .number(let value): name == "number" || name == "integer" && value == value.rounded()
    case .string: name == "string"
    case .array: name == "array"
    case .object: name == "object"
    }
  }
}
