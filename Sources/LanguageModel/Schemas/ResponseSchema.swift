/// The shape that a reply must have, as a JSON Schema.
///
/// Servers know different parts of JSON Schema. What can be sent to all of them, and what a reply is checked for here, is
/// `type` (one or a list), `properties`, `required`, `additionalProperties`, `items`, `enum`, `const`, `anyOf`, `$ref`
/// into `$defs`, and the limits `minItems`, `maxItems`, `minLength`, `maxLength`, `minimum` and `maximum` (JSON Schema
/// Validation 2020-12, section 6). Any other keyword that asks for something makes it unusable: nobody would check it.
/// The root is an object.
public struct ResponseSchema: Codable, Hashable, Sendable {
  /// A name of up to 64 letters, digits, `_` and `-`, which OpenAI's servers ask for.
  public var name: String
  /// The schema.
  public var schema: JSONValue

  /// Makes a schema; nothing is checked before it is used.
  public init(name: String, schema: JSONValue) {
    self.name = name
    self.schema = schema
  }

  /// Reads a schema from its JSON; nothing more is checked before it is used.
  ///
  /// - Throws: `DecodingError`.
  public init(name: String, parsing text: String) throws {
    self.init(name: name, schema: try JSONValue(parsing: text))
  }

  /// What keeps the schema from being used with any server, or nil: a keyword that is not checked here, a reference that
  /// leads nowhere or around in a circle, a root that is no object.
  public var problem: String? {
    do throws(SchemaProblem) {
      _ = try portable()
      return nil
    } catch {
      return error.description
    }
  }

  /// The first place where `value` breaks the schema and how, or nil when it fits.
  public func violation(by value: JSONValue) -> String? {
    SchemaCheck(definitions: definitions(of: schema)).violation(of: schema, by: value, at: "the reply", depth: 0)
  }
}

/// Why a schema cannot be used, and where.
struct SchemaProblem: Error, CustomStringConvertible {
  let place: String
  let reason: String

  var description: String { "\(place) \(reason)" }
}

/// The named schemas of a root: `$defs`, and `definitions`, as older drafts call them.
func definitions(of root: JSONValue) -> [String: JSONValue] {
  (root["definitions"]?.object ?? [:]).merging(root["$defs"]?.object ?? [:]) { $1 }
}

/// The name that `#/$defs/NAME` refers to.
func referencedName(_ reference: String) -> String? {
  for prefix in ["#/$defs/", "#/definitions/"] where reference.hasPrefix(prefix) {
    return String(reference.dropFirst(prefix.count))
  }
  return nil
}
