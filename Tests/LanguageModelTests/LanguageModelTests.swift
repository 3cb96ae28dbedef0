import Foundation
import HTTP
import LanguageModel
import TestSupport
import Testing

/// Every driver against a real server; the model's name chooses what it answers.
struct LanguageModelTests {
  /// The dialects of the drivers.
  enum Dialect: CaseIterable { case openai, ollama }

  private let server: PeerServer
  private let schema = ResponseSchema(
    name: "pairs",
    schema: [
      "type": "object", "required": ["pairs"], "additionalProperties": false,
      "properties": [
        "pairs": [
          "type": "array",
          "items": [
            "type": "object", "required": ["instruction", "answer"],
            "properties": ["instruction": ["type": "string"], "answer": ["type": "string"]],
          ],
        ]
      ],
    ])

  init() throws {
    server = try PeerServer("language_model_server.py")
  }

  private func model(_ name: String, _ dialect: Dialect, timeout: Double = 300, port: Int? = nil) throws
    -> any LanguageModel
  {
    let address = "http://127.0.0.1:\(port ?? server.port)"
    let configuration =
      switch dialect {
      case .openai:
        LanguageModelConfiguration(
          provider: .openai, model: name, endpoint: "\(address)/v1/", apiKey: "sk-secret", timeout: timeout)
      case .ollama:
        LanguageModelConfiguration(provider: .ollama, model: name, endpoint: address, context: 2048, timeout: timeout)
      }
    return try configuration.makeModel()
  }

  private var request: GenerationRequest {
    GenerationRequest(messages: [Message(.system, "Be brief."), Message(.user, "Make pairs.")], schema: schema)
  }

  private func failure(_ name: String, _ dialect: Dialect, timeout: Double = 300, port: Int? = nil) async throws
    -> LanguageModelError?
  {
    let model = try model(name, dialect, timeout: timeout, port: port)
    return await #expect(throws: LanguageModelError.self) { try await model.generate(request) }
  }

  private func sentRequests() async throws -> [JSONValue] {
    let response = try await HTTPClient().send(
      HTTPRequest(.get, "http://127.0.0.1:\(server.port)/requests", trust: .configured))
    return try JSONDecoder().decode([JSONValue].self, from: Data(response.body))
  }

  @Test(arguments: Dialect.allCases)
  func `a reply comes with its JSON and what it cost`(dialect: Dialect) async throws {
    let reply = try await model("valid", dialect).generate(request)
    #expect(reply.json?["pairs"]?.array?.count == 3)
    #expect(reply.usage == TokenUsage(prompt: 11, completion: 7))
    #expect(reply.seconds > 0)
  }

  @Test func `OpenAI's dialect carries the schema, the key and the sampling`() async throws {
    _ = try await model("valid", .openai).generate(request)
    let sent = try #require(try await sentRequests().first)
    #expect(sent["path"] == "/v1/chat/completions")
    #expect(sent["authorization"] == "Bearer sk-secret")
    #expect(sent["body"]?["response_format"]?["type"] == "json_schema")
    #expect(sent["body"]?["response_format"]?["json_schema"]?["schema"] == schema.schema)
    #expect(sent["body"]?["seed"] == 1 && sent["body"]?["max_tokens"] == 2048)
  }

  @Test func `Ollama's dialect carries the schema, the context and no stream`() async throws {
    _ = try await model("valid", .ollama).generate(request)
    let sent = try #require(try await sentRequests().first)
    #expect(sent["path"] == "/api/chat")
    #expect(sent["body"]?["format"] == schema.schema)
    #expect(sent["body"]?["options"]?["num_ctx"] == 2048 && sent["body"]?["options"]?["num_predict"] == 2048)
    #expect(sent["body"]?["stream"] == false)
    #expect(sent["body"]?["messages"]?.array?.first?["role"] == "system")
  }

  @Test(arguments: Dialect.allCases)
  func `JSON between code fences is JSON all the same`(dialect: Dialect) async throws {
    #expect(try await model("fenced", dialect).generate(request).json != nil)
  }

  @Test(arguments: Dialect.allCases)
  func `a reply that is no JSON or does not fit the schema is refused with the place`(dialect: Dialect) async throws {
    let malformed = try await failure("malformed", dialect)
    #expect(malformed?.description.contains("it is no JSON. It begins: Certainly!") == true)
    let unfit = try await failure("schema-invalid", dialect)
    #expect(unfit?.description.contains("the reply.pairs[0] has no \"answer\"") == true)
    #expect(malformed?.isAboutReply == true && unfit?.isAboutReply == true)
  }

  @Test(arguments: Dialect.allCases)
  func `a reply that was cut off is refused`(dialect: Dialect) async throws {
    let error = try await failure("truncated", dialect)
    #expect(error?.description.contains("did not finish within 2048 tokens") == true)
  }

  @Test(arguments: Dialect.allCases)
  func `a busy server is asked again, and named when it stays busy`(dialect: Dialect) async throws {
    #expect(try await model("busy-once", dialect).generate(request).json != nil)
    let error = try await failure("busy", dialect)
    #expect(error?.description.contains("too many requests") == true)
    #expect(error?.isAboutReply == false)
  }

  @Test(arguments: Dialect.allCases)
  func `a slow server is given up after the time allowed`(dialect: Dialect) async throws {
    let error = try await failure("slow", dialect, timeout: 1)
    #expect(error?.description.contains("cannot ask") == true)
  }

  @Test(arguments: Dialect.allCases)
  func `a server that is down is named with what to do`(dialect: Dialect) async throws {
    let port = server.port
    server.stop()
    let error = try await failure("valid", dialect, port: port)
    #expect(error?.description.contains("127.0.0.1:\(port)") == true)
    #expect(error?.description.contains("Start the server") == true)
    #expect(error?.description.contains("sk-secret") == false)
  }

  @Test(arguments: Dialect.allCases)
  func `a wrong key, an absent model and a page instead of JSON are told apart`(dialect: Dialect) async throws {
    #expect(try await failure("forbidden", dialect)?.description.contains("status 401: no such key") == true)
    #expect(try await failure("absent", dialect)?.description.contains("does not have") == true)
    #expect(try await failure("nonsense", dialect)?.description.contains("<html>a proxy</html>") == true)
  }

  @Test func `Ollama's absent model says how to get it`() async throws {
    #expect(try await failure("absent", .ollama)?.description.contains("`ollama pull absent`") == true)
  }

  @Test func `a prompt that filled the context is an error, not a shorter prompt`() async throws {
    #expect(try await failure("overfull", .ollama)?.description.contains("fills the context of 2048 tokens") == true)
  }

  @Test func `a refusal is told as one`() async throws {
    #expect(
      try await failure("refusing", .openai)?.description.hasSuffix("declined to answer: I would rather not.") == true)
  }

  @Test func `a configuration names the key that is wrong`() throws {
    let json = Data(#"{"provider": "olama", "model": "x"}"#.utf8)
    let error = #expect(throws: LanguageModelError.self) {
      try JSONDecoder().decode(LanguageModelConfiguration.self, from: json)
    }
    #expect(error?.description == "`language_model.provider` must be `ollama` or `openai`, but is `olama`.")
    let low = #expect(throws: LanguageModelError.self) {
      try LanguageModelConfiguration(provider: .ollama, model: "x", context: 1).makeModel()
    }
    #expect(low?.description.hasPrefix("`language_model.context` must be") == true)
    let good = try JSONDecoder().decode(
      LanguageModelConfiguration.self, from: Data(#"{"provider": "ollama", "model": "x"}"#.utf8))
    #expect(good == LanguageModelConfiguration(provider: .ollama, model: "x"))
  }
}
