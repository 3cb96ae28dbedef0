import Foundation
import HTTP
import LanguageModel
import TestSupport
import Testing

/// Whether a server keeps to schemas, found out over a real socket.
struct SchemaProbeTests {
  private let server: PeerServer
  private let schema = ResponseSchema(
    name: "answer",
    schema: [
      "type": "object", "required": ["count"], "additionalProperties": false,
      "properties": ["count": ["type": "integer"], "remark": ["type": "string"]],
    ])

  init() throws {
    server = try PeerServer("language_model_server.py")
  }

  private func model(_ name: String, dialect: SchemaDialect = .openai) -> OpenAICompatibleModel {
    OpenAICompatibleModel(
      model: name, endpoint: "http://127.0.0.1:\(server.port)/v1", dialect: dialect, client: HTTPClient())
  }

  private var request: GenerationRequest {
    GenerationRequest(messages: [Message(.user, "How many?")], schema: schema)
  }

  private func sentCount() async throws -> Int {
    let response = try await HTTPClient().send(
      HTTPRequest(.get, "http://127.0.0.1:\(server.port)/requests", trust: .configured))
    return try JSONDecoder().decode([JSONValue].self, from: Data(response.body)).count
  }

  @Test(arguments: [SchemaDialect.openai, .llamaCpp, .vllm, .tgi, .llamaCppPython])
  func `a server that knows one dialect alone enforces schemas in that one`(dialect: SchemaDialect) async throws {
    for other in SchemaDialect.allCases where other != .none {
      let finding = try await SchemaProbe().enforcement(of: model("only-\(dialect.rawValue)", dialect: other))
      #expect(finding.outcome == (other == dialect ? .enforced : .broken), "\(other): \(finding)")
    }
    let reply = try await model("only-\(dialect.rawValue)", dialect: dialect).generate(request)
    #expect(reply.json?["count"] == 7)
  }

  @Test func `a schema that is ignored with a status of success goes into the prompt`() async throws {
    let obedient = model("obedient")
    let finding = try await SchemaProbe().enforcement(of: obedient)
    #expect(finding.outcome == .prompted)
    #expect(finding.evidence.contains("it is no JSON"), "\(finding)")
    await #expect(throws: LanguageModelError.self) { try await obedient.generate(request) }
    let reply = try await ProbedModel(obedient).generate(request)
    #expect(reply.json?["count"] == 7)
    #expect(reply.notes == [.schemaInPrompt])
  }

  @Test func `a model that keeps to no schema is told as such, and its replies are refused`() async throws {
    let meter = ModelMeter()
    let model = ProbedModel(model("ignoring"), meter: meter)
    let error = await #expect(throws: LanguageModelError.self) { try await model.generate(request) }
    #expect(error?.isAboutReply == true)
    #expect(meter.usage.first?.schema?.outcome == .broken)
  }

  @Test func `the canary is sent once for a model, and not again while its finding is kept`() async throws {
    let folder = try TemporaryFolder()
    let cache = try ReplyCache(path: folder.path("replies.sqlite"))
    let first = ProbedModel(model("only-openai"), cache: cache)
    for _ in 0..<3 { _ = try await first.generate(request) }
    #expect(try await sentCount() == 4)
    _ = try await ProbedModel(model("only-openai"), cache: cache).generate(request)
    #expect(try await sentCount() == 5)
    _ = try await first.generate(question())
    #expect(try await sentCount() == 6)
  }

  @Test func `a server that is down is an error, not a finding`() async throws {
    let model = model("valid")
    server.stop()
    let error = await #expect(throws: LanguageModelError.self) { try await ProbedModel(model).generate(request) }
    #expect(error?.isAboutServer == true)
  }

  @Test func `what strict servers leave null was optional, and is left out`() async throws {
    let reply = try await model("nulls").generate(request)
    #expect(reply.json == ["count": 7])
    let sent = try await HTTPClient().send(
      HTTPRequest(.get, "http://127.0.0.1:\(server.port)/requests", trust: .configured))
    let body = try JSONDecoder().decode([JSONValue].self, from: Data(sent.body)).first?["body"]
    let strict = body?["response_format"]?["json_schema"]?["schema"]
    #expect(strict?["required"] == ["count", "remark"])
    #expect(strict?["properties"]?["remark"]?["type"] == ["string", "null"])
  }

  @Test func `a map of any names cannot be asked of a strict server`() async throws {
    let map = ResponseSchema(
      name: "m", schema: ["type": "object", "properties": ["a": ["type": "object", "additionalProperties": true]]])
    let error = await #expect(throws: LanguageModelError.self) {
      try await model("valid").generate(GenerationRequest(messages: [Message(.user, "?")], schema: map))
    }
    #expect(error?.description.contains("the schema.a allows members of any name") == true)
    #expect(try await sentCount() == 0)
  }
}
