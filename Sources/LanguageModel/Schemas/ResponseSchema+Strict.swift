extension ResponseSchema {
  /// Keywords that OpenAI's strict mode does not take.
  private static let notStrict: Set = ["minLength", "maxLength", "default", "examples", "deprecated", "readOnly"]

  /// The schema by the rules of OpenAI's strict mode: every object forbids what it does not name, and requires all that it
  /// names; what was optional may be null instead.
  ///
  /// - Throws: ``SchemaProblem`` where an object is a map of any names, which strict mode cannot say.
  func strict() throws(SchemaProblem) -> JSONValue {
    try strict(try portable(describing: Self.notStrict), at: "the schema")
  }

  private func strict(_ schema: JSONValue, at place: String) throws(SchemaProblem) -> JSONValue {
    guard var members = schema.object else { return schema }
    if let items = members["items"] { members["items"] = try strict(items, at: "\(place)[]") }
    if let choices = members["anyOf"]?.array {
      var strictChoices: [JSONValue] = []
      for choice in choices { strictChoices.append(try strict(choice, at: place)) }
      members["anyOf"] = .array(strictChoices)
    }
    guard members["type"]?.string == "object" || members["properties"] != nil else { return .object(members) }
    if let more = members["additionalProperties"], more != .bool(false) {
      throw SchemaProblem(place: place, reason: "allows members of any name, which strict servers cannot be asked for")
    }
    guard let properties = members["properties"]?.object, !properties.isEmpty else {
      throw SchemaProblem(place: place, reason: "is an object without `properties`, which strict servers refuse")
    }
    let required = Set((members["required"]?.array ?? []).compactMap(\.string))
    if let unnamed = required.subtracting(properties.keys).min() {
      throw SchemaProblem(place: place, reason: "requires `\(unnamed)`, which its `properties` do not name")
    }
    var strictProperties: [String: JSONValue] = [:]
    for (name, property) in properties {
      let inner = try strict(property, at: "\(place).\(name)")
      strictProperties[name] = required.contains(name) ? inner : orNull(inner)
    }
    members["properties"] = .object(strictProperties)
    members["required"] = .array(properties.keys.sorted().map { .string($0) })
    members["additionalProperties"] = false
    return .object(members)
  }

  private func orNull(_ schema: JSONValue) -> JSONValue {
    guard var members = schema.object else { return schema }
    if let type = members["type"]?.string, members["enum"] == nil {
      members["type"] = type == "null" ? "null" : [.string(type), "null"]
      return .object(members)
    }
    if let types = members["type"]?.array, members["enum"] == nil {
      members["type"] = .array(types.contains("null") ? types : types + ["null"])
      return .object(members)
    }
    if let choices = members["anyOf"]?.array {
      members["anyOf"] = .array(choices + [["type": "null"]])
      return .object(members)
    }
    return ["anyOf": [schema, ["type": "null"]]]
  }

  /// A reply to the strict schema as one to this schema: members that are optional here and null there are left out.
  func relaxed(_ value: JSONValue) -> JSONValue {
    relaxed(value, by: schema, definitions(of: schema), depth: 0)
  }

  private func relaxed(
    _ value: JSONValue, by schema: JSONValue, _ definitions: [String: JSONValue], depth: Int
  ) -> JSONValue {
    guard depth < 64 else { return value }
    if let target = schema["$ref"]?.string.flatMap(referencedName).flatMap({ definitions[$0] }) {
      return relaxed(value, by: target, definitions, depth: depth + 1)
    }
    switch value {
    case .array(let elements):
      guard let items = schema["items"] else { return value }
      return .array(elements.map { relaxed($0, by: items, definitions, depth: depth + 1) })
    case .object(let members):
      let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
      let check = SchemaCheck(definitions: definitions)
      var result: [String: JSONValue] = [:]
      for (name, member) in members {
        guard let property = schema["properties"]?[name] else {
          result[name] = member
          continue
        }
        let allowsNull = check.violation(of: property, by: .null, at: name, depth: 0) == nil
        if member == .null, !required.contains(name), !allowsNull { continue }
        result[name] = relaxed(member, by: property, definitions, depth: depth + 1)
      }
      return .object(result)
    default: return value
    }
  }
}
