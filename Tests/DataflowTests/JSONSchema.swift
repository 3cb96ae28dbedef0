import Dataflow
import Foundation
import TestSupport

/// Checks JSON against the part of JSON Schema that our schema uses.
struct JSONSchema {
  private let root: JSONValue

  /// The schema at `docs/schemas/<name>`.
  init(_ name: String) throws {
    let file = packageRoot.appending(path: "docs/schemas/\(name)")
    root = try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: file))
  }

  /// What is wrong with `data`, each with its path.
  func problems(in data: Data) throws -> [String] {
    problems(in: try JSONDecoder().decode(JSONValue.self, from: data), root, "$")
  }

  private func problems(in value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
    if let reference = schema["$ref"]?.string { return problems(in: value, reference: reference, path) }
    var found: [String] = []
    if let types = schema["type"], !(types.array ?? [types]).contains(where: { value.isOf($0.string ?? "") }) {
      return ["\(path): not of type \(types)"]
    }
    if let choices = schema["enum"]?.array, !choices.contains(value) { found.append("\(path): not among \(choices)") }
    if let constant = schema["const"], constant != value { found.append("\(path): not \(constant)") }
    if let minimum = schema["minimum"]?.double, let number = value.double, number < minimum {
      found.append("\(path): below \(minimum)")
    }
    if let pattern = schema["pattern"]?.string, let text = value.string,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      found.append("\(path): '\(text)' does not match \(pattern)")
    }
    if let items = schema["items"] {
      for (index, item) in (value.array ?? []).enumerated() { found += problems(in: item, items, "\(path)[\(index)]") }
    }
    if case .object(let object) = value { found += problems(in: object, schema, path) }
    return found
  }

  /// - Parameter reference: `#/…` within this schema, or `<name>#/…` within another one beside it.
  private func problems(in value: JSONValue, reference: String, _ path: String) -> [String] {
    let parts = reference.split(separator: "#", omittingEmptySubsequences: false)
    let schema = parts[0].isEmpty ? self : try? JSONSchema(String(parts[0]))
    let names = (parts.count > 1 ? parts[1] : "").split(separator: "/")
    guard let schema, let target = names.reduce(Optional(schema.root), { $0?[String($1)] }) else {
      return ["\(path): the schema has no \(reference)"]
    }
    return schema.problems(in: value, target, path)
  }

  private func problems(in object: [String: JSONValue], _ schema: JSONValue, _ path: String) -> [String] {
    var found = (schema["required"]?.array ?? []).compactMap(\.string).filter { object[$0] == nil }
      .map { "\(path).\($0): missing" }
    for (key, value) in object {
      if let property = schema["properties"]?[key] {
        found += problems(in: value, property, "\(path).\(key)")
      } else if schema["additionalProperties"] == .bool(false) {
        found.append("\(path).\(key): not in the schema")
      } else if let additional = schema["additionalProperties"] {
        found += problems(in: value, additional, "\(path).\(key)")
      }
    }
    return found
  }
}

extension JSONValue {
  subscript(key: String) -> JSONValue? {
    guard case .object(let object) = self else { return nil }
    return object[key]
  }

  var array: [JSONValue]? {
    guard case .array(let array) = self else { return nil }
    return array
  }

  var string: String? {
    guard case .string(let string) = self else { return nil }
    return string
  }

  var double: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    default: nil
    }
  }

  fileprivate func isOf(_ type: String) -> Bool {
    switch self {
    case .null: type == "null"
    case .bool: type == "boolean"
    case .integer: type == "integer" || type == "number"
    case .number: type == "number"
    case .string: type == "string"
    case .array: type == "array"
    case .object: type == "object"
    }
  }
}
