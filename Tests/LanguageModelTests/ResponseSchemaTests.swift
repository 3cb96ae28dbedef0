import LanguageModel
import Testing

struct ResponseSchemaTests {
  private let schema = ResponseSchema(
    name: "s",
    schema: [
      "type": "object", "required": ["kind", "list"], "additionalProperties": false,
      "properties": [
        "kind": ["type": "string", "enum": ["a", "b"]],
        "list": ["type": "array", "minItems": 1, "maxItems": 2, "items": ["type": "integer"]],
        "text": ["type": "string", "minLength": 2, "maxLength": 3],
      ],
    ])

  @Test(
    arguments: [
      (#"{"kind": "a", "list": [1]}"#, nil), (#"{"kind": "b", "list": [1, 2], "text": "héé"}"#, nil),
      (#"[]"#, "the reply is an array, not object"), (#"{"kind": "a"}"#, "the reply has no \"list\""),
      (#"{"kind": "c", "list": [1]}"#, "the reply.kind is none of the allowed values"),
      (#"{"kind": "a", "list": []}"#, "the reply.list has 0 items, fewer than 1"),
      (#"{"kind": "a", "list": [1, 2, 3]}"#, "the reply.list has 3 items, more than 2"),
      (#"{"kind": "a", "list": [1.5]}"#, "the reply.list[0] is a number, not integer"),
      (#"{"kind": "a", "list": [1], "text": "x"}"#, "the reply.text has 1 characters, fewer than 2"),
      (#"{"kind": "a", "list": [1], "more": null}"#, "the reply has \"more\", which the schema does not know"),
    ] as [(String, String?)])
  func `a value is checked against the schema`(json: String, violation: String?) throws {
    #expect(schema.violation(by: try JSONValue(parsing: json)) == violation)
  }

  private func schema(_ json: String) throws -> ResponseSchema {
    ResponseSchema(name: "s", schema: try JSONValue(parsing: json))
  }

  @Test func `references, choices, constants and ranges are checked`() throws {
    let schema = try schema(
      #"""
      {"type": "object", "required": ["tree"], "properties": {"tree": {"$ref": "#/$defs/Node"}},
       "$defs": {"Node": {"type": "object", "required": ["kind"], "properties": {
         "kind": {"const": "node"}, "size": {"type": ["integer", "null"], "minimum": 1, "maximum": 9},
         "name": {"anyOf": [{"type": "string"}, {"type": "integer"}]}, "child": {"$ref": "#/$defs/Node"}}}}}
      """#)
    let cases: [(String, String?)] = [
      (#"{"tree": {"kind": "node", "child": {"kind": "node", "size": null, "name": 3}}}"#, nil),
      (#"{"tree": {"kind": "leaf"}}"#, "the reply.tree.kind is none of the allowed values"),
      (#"{"tree": {"kind": "node", "size": 10}}"#, "the reply.tree.size is 10, more than 9"),
      (#"{"tree": {"kind": "node", "size": 0}}"#, "the reply.tree.size is 0, less than 1"),
      (#"{"tree": {"kind": "node", "name": true}}"#, "the reply.tree.name is a boolean, not string"),
      (#"{"tree": {"kind": "node", "child": {}}}"#, "the reply.tree.child has no \"kind\""),
    ]
    for (json, violation) in cases { #expect(schema.violation(by: try JSONValue(parsing: json)) == violation) }
    #expect(schema.problem == "the schema.tree.child refers to `Node` from within, so that it has no end")
  }

  @Test(
    arguments: [
      (#"{"type": "array"}"#, "the schema is not of an object; put a list into one"),
      (
        #"{"type": "object", "properties": {"a": {"type": "string", "pattern": "x"}}}"#,
        "the schema.a asks for `pattern`, which replies are not checked for"
      ),
      (#"{"type": "object", "oneOf": []}"#, "the schema asks for `oneOf`, which replies are not checked for"),
      (
        ##"{"type": "object", "properties": {"a": {"$ref": "#/$defs/B"}}}"##,
        "the schema.a refers to \"#/$defs/B\", which is not defined in it"
      ),
      (#"{"type": "object", "properties": {"a": true}}"#, "the schema.a is no schema"),
      (#"{"type": "object", "title": "T", "properties": {"a": {"type": "string", "minLength": 2}}}"#, nil),
    ] as [(String, String?)])
  func `what no server could be asked for is found before one is`(json: String, problem: String?) throws {
    #expect(try schema(json).problem == problem)
  }

  @Test func `references that unfold without bound are refused`() throws {
    var definitions: [String: JSONValue] = ["D0": ["type": "string"]]
    for level in 1...30 {
      let reference: JSONValue = ["$ref": .string("#/$defs/D\(level - 1)")]
      definitions["D\(level)"] = ["type": "object", "properties": ["a": reference, "b": reference]]
    }
    let schema = ResponseSchema(
      name: "s",
      schema: ["type": "object", "properties": ["x": ["$ref": "#/$defs/D30"]], "$defs": .object(definitions)])
    #expect(schema.problem?.contains("unfolds to more than") == true)
  }
}
