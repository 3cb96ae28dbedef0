/// Checks a value against a schema of the portable subset.
struct SchemaCheck {
  let definitions: [String: JSONValue]

  /// How deep a value may be nested: replies are hostile.
  private static let deepest = 64

  /// The first place where `value` breaks `schema` and how, or nil when it fits.
  func violation(of schema: JSONValue, by value: JSONValue, at place: String, depth: Int) -> String? {
    guard depth <= Self.deepest else { return "\(place) is nested too deeply" }
    if let reference = schema["$ref"]?.string {
      guard let target = referencedName(reference).flatMap({ definitions[$0] }) else {
        return "\(place) is of the shape \(reference.prefix(40)), which the schema does not define"
      }
      return violation(of: target, by: value, at: place, depth: depth + 1)
    }
    if let choices = schema["anyOf"]?.array {
      let problems = choices.map { violation(of: $0, by: value, at: place, depth: depth + 1) }
      if problems.allSatisfy({ $0 != nil }) { return problems.first.flatMap(\.self) ?? "\(place) fits no shape" }
    }
    let types = schema["type"]?.string.map { [$0] } ?? schema["type"]?.array?.compactMap(\.string) ?? []
    if !types.isEmpty, !types.contains(where: value.hasType) {
      return "\(place) is \(value.typeName), not \(types.joined(separator: " or "))"
    }
    let allowed = schema["const"].map { [$0] } ?? schema["enum"]?.array
    if let allowed, !allowed.contains(value) { return "\(place) is none of the allowed values" }
    switch value {
    case .object(let members): return memberViolation(of: schema, by: members, at: place, depth: depth)
    case .array(let elements): return elementViolation(of: schema, by: elements, at: place, depth: depth)
    case .string(let text):
      return countViolation(text.unicodeScalars.count, schema, ("minLength", "maxLength"), "characters", place)
    case .number(let number): return rangeViolation(number, schema, place)
    default: return nil
    }
  }

  private func memberViolation(
    of schema: JSONValue, by members: [String: JSONValue], at place: String, depth: Int
  ) -> String? {
    for name in schema["required"]?.array ?? [] {
      if let name = name.string, members[name] == nil { return "\(place) has no \"\(name)\"" }
    }
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      if let property = schema["properties"]?[name]
        ?? schema["additionalProperties"].flatMap({ $0.isSchema ? $0 : nil })
      {
        if let problem = violation(of: property, by: member, at: "\(place).\(name.prefix(40))", depth: depth + 1) {
          return problem
        }
      } else if schema["additionalProperties"] == .bool(false) {
        return "\(place) has \"\(name.prefix(40))\", which the schema does not know"
      }
    }
    return nil
  }

  private func elementViolation(
    of schema: JSONValue, by elements: [JSONValue], at place: String, depth: Int
  ) -> String? {
    if let problem = countViolation(elements.count, schema, ("minItems", "maxItems"), "items", place) { return problem }
    guard let items = schema["items"] else { return nil }
    for (index, element) in elements.enumerated() {
      if let problem = violation(of: items, by: element, at: "\(place)[\(index)]", depth: depth + 1) { return problem }
    }
    return nil
  }

  private func countViolation(
    _ count: Int, _ schema: JSONValue, _ keys: (least: String, most: String), _ unit: String, _ place: String
  ) -> String? {
    if let least = schema[keys.least]?.number, Double(count) < least {
      return "\(place) has \(count) \(unit), fewer than \(spelled(least))"
    }
    if let most = schema[keys.most]?.number, Double(count) > most {
      return "\(place) has \(count) \(unit), more than \(spelled(most))"
    }
    return nil
  }

  private func rangeViolation(_ number: Double, _ schema: JSONValue, _ place: String) -> String? {
    if let least = schema["minimum"]?.number, number < least {
      return "\(place) is \(spelled(number)), less than \(spelled(least))"
    }
    if let most = schema["maximum"]?.number, number > most {
      return "\(place) is \(spelled(number)), more than \(spelled(most))"
    }
    return nil
  }

  private func spelled(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? String(number) }
}

extension JSONValue {
  /// Whether it is a schema with keywords, not `true` or `false`.
  var isSchema: Bool { object != nil }

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
