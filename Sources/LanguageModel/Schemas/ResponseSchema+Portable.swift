extension ResponseSchema {
  /// Keywords that only tell people something.
  private static let annotations: Set = ["title", "description", "default", "examples", "deprecated", "readOnly"]
  /// Keywords about the schema as a document; they are not sent.
  private static let bookkeeping: Set = ["$schema", "$id", "$comment", "$defs", "definitions"]
  /// Keywords that are sent as they stand.
  private static let plain: Set = ["type", "enum", "required"]
  /// The limits, which not every server knows.
  static let limits: Set = ["minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum"]
  /// The most schemas that references may unfold to.
  private static let largest = 5000

  /// The schema as any server reads it: references are replaced by what they name, and `const` by `enum`.
  ///
  /// - Parameter unknown: keywords that the server does not know; they become words of the `description`, so that the
  ///   model is told what the reply is checked for.
  /// - Throws: ``SchemaProblem``.
  func portable(describing unknown: Set<String> = []) throws(SchemaProblem) -> JSONValue {
    var unfolding = Unfolding(definitions: definitions(of: schema), unknown: unknown)
    let root = try unfolding.portable(schema, at: "the schema", inside: [])
    guard root["type"]?.string == "object" else {
      throw SchemaProblem(place: "the schema", reason: "is not of an object; put a list into one")
    }
    return root
  }

  private struct Unfolding {
    let definitions: [String: JSONValue]
    let unknown: Set<String>
    var count = 0

    mutating func portable(
      _ schema: JSONValue, at place: String, inside names: Set<String>
    ) throws(SchemaProblem) -> JSONValue {
      count += 1
      guard count <= ResponseSchema.largest else {
        throw SchemaProblem(place: place, reason: "unfolds to more than \(ResponseSchema.largest) schemas")
      }
      guard let members = schema.object else { throw SchemaProblem(place: place, reason: "is no schema") }
      if let reference = members["$ref"] { return try unfolded(reference, of: members, at: place, inside: names) }
      var result: [String: JSONValue] = [:]
      var words: [String] = []
      for (keyword, value) in members.sorted(by: { $0.key < $1.key }) {
        if unknown.contains(keyword) {
          words.append("\(keyword): \(spelled(value))")
          continue
        }
        if let sent = try sent(keyword, value, at: place, inside: names) { result[sent.keyword] = sent.value }
      }
      if !words.isEmpty {
        let before = result["description"]?.string.map { $0 + " " } ?? ""
        result["description"] = .string(before + "(" + words.joined(separator: ", ") + ")")
      }
      return .object(result)
    }

    /// What is sent of a keyword; nil for nothing.
    private mutating func sent(
      _ keyword: String, _ value: JSONValue, at place: String, inside names: Set<String>
    ) throws(SchemaProblem) -> (keyword: String, value: JSONValue)? {
      switch keyword {
      case "const": return ("enum", .array([value]))
      case "properties":
        var properties: [String: JSONValue] = [:]
        for (name, property) in value.object ?? [:] {
          properties[name] = try portable(property, at: "\(place).\(name)", inside: names)
        }
        return (keyword, .object(properties))
      case "items": return (keyword, try portable(value, at: "\(place)[]", inside: names))
      case "additionalProperties":
        if case .bool = value { return (keyword, value) }
        return (keyword, try portable(value, at: "\(place).*", inside: names))
      case "anyOf":
        var choices: [JSONValue] = []
        for choice in value.array ?? [] { choices.append(try portable(choice, at: place, inside: names)) }
        return (keyword, .array(choices))
      default:
        if ResponseSchema.bookkeeping.contains(keyword) { return nil }
        let isKnown = [ResponseSchema.annotations, ResponseSchema.plain, ResponseSchema.limits]
          .contains { $0.contains(keyword) }
        guard isKnown else {
          throw SchemaProblem(place: place, reason: "asks for `\(keyword)`, which replies are not checked for")
        }
        return (keyword, value)
      }
    }

    private mutating func unfolded(
      _ reference: JSONValue, of members: [String: JSONValue], at place: String, inside names: Set<String>
    ) throws(SchemaProblem) -> JSONValue {
      guard let name = reference.string.flatMap(referencedName), let target = definitions[name] else {
        throw SchemaProblem(place: place, reason: "refers to \(spelled(reference)), which is not defined in it")
      }
      guard !names.contains(name) else {
        throw SchemaProblem(place: place, reason: "refers to `\(name)` from within, so that it has no end")
      }
      guard var result = try portable(target, at: place, inside: names.union([name])).object else { return target }
      if let description = members["description"] { result["description"] = description }
      return .object(result)
    }

    private func spelled(_ value: JSONValue) -> String {
      switch value {
      case .string(let text): "\"\(text.prefix(60))\""
      case .number(let number): Int(exactly: number).map(String.init) ?? String(number)
      case .bool(let truth): String(truth)
      default: "…"
      }
    }
  }
}
