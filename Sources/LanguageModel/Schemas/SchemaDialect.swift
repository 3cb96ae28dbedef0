/// How a server that speaks as OpenAI does is asked for JSON of a schema. Servers ignore what they do not know and answer
/// 200 with prose, so the right one matters; ``SchemaProbe`` finds out whether it was.
public enum SchemaDialect: String, Codable, CaseIterable, Hashable, Sendable {
  /// `response_format` of the type `json_schema`, strict: OpenAI, vLLM, llama.cpp's server, LM Studio.
  case openai
  /// `json_schema` at the top of the request: llama.cpp's server of any version.
  case llamaCpp = "llama_cpp"
  /// `structured_outputs`: vLLM since 0.12.
  case vllm
  /// `response_format` of the type `json_object` with the schema as its `value`: Text Generation Inference.
  case tgi
  /// `response_format` of the type `json_object` with a `schema`: the server of llama-cpp-python.
  case llamaCppPython = "llama_cpp_python"
  /// Not at all: the schema is written into the prompt, as for `transformers serve`.
  case none

  /// The members of a request's body that ask for JSON of a schema.
  ///
  /// - Throws: ``SchemaProblem`` when the dialect cannot say it.
  func fields(_ schema: ResponseSchema) throws(SchemaProblem) -> [String: JSONValue] {
    switch self {
    case .openai:
      let format: JSONValue = ["name": .string(schema.name), "strict": true, "schema": try schema.strict()]
      return ["response_format": ["type": "json_schema", "json_schema": format]]
    case .llamaCpp: return ["json_schema": try schema.portable()]
    case .vllm: return ["structured_outputs": ["json": try schema.portable()]]
    case .tgi: return ["response_format": ["type": "json_object", "value": try schema.portable()]]
    case .llamaCppPython: return ["response_format": ["type": "json_object", "schema": try schema.portable()]]
    case .none: return [:]
    }
  }
}
