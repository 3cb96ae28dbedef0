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
}
