import Foundation
import HTTP
import LanguageModel
import TestSupport
import Testing

/// Every driver against a real server; the model's name chooses what it answers.
struct LanguageModelTests {
  /// The protocols of the drivers.
  enum Dialect: CaseIterable { case openai, ollama, anthropic, cohere }

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
    var configuration = LanguageModelConfiguration(
      provider: .openai, model: name, endpoint: address, apiKey: "sk-secret", context: 2048, timeout: timeout)
    configuration.retries.firstPause = 0.001
    switch dialect {
    case .openai: configuration.endpoint = "\(address)/v1/"
    case .ollama: configuration.provider = .ollama
    case .anthropic: configuration.provider = .anthropic
    case .cohere: configuration.provider = .cohere
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

  @Test func `OpenAI's dialect carries the strict schema, the key and the sampling`() async throws {
    _ = try await model("valid", .openai).generate(request)
    let sent = try #require(try await sentRequests().first)
    #expect(sent["path"] == "/v1/chat/completions")
    #expect(sent["authorization"] == "Bearer sk-secret")
    #expect(sent["body"]?["response_format"]?["type"] == "json_schema")
    let strict = sent["body"]?["response_format"]?["json_schema"]?["schema"]
    #expect(strict?["properties"]?["pairs"]?["items"]?["additionalProperties"] == false)
    #expect(sent["body"]?["seed"] == 1 && sent["body"]?["max_tokens"] == 2048)
  }

  @Test func `Anthropic's protocol carries the version, the key, the system's words apart and the schema`() async throws
  {
    _ = try await model("valid", .anthropic).generate(request)
    let sent = try #require(try await sentRequests().first)
    #expect(sent["path"] == "/v1/messages")
    #expect(sent["headers"]?["x-api-key"] == "sk-secret" && sent["headers"]?["anthropic-version"] == "2023-06-01")
    #expect(sent["authorization"] == .null)
    #expect(sent["body"]?["system"] == "Be brief.")
    #expect(sent["body"]?["messages"] == [["role": "user", "content": "Make pairs."]])
    #expect(sent["body"]?["output_config"]?["format"]?["schema"] == schema.schema)
    #expect(sent["body"]?["max_tokens"] == 2048)
  }

  @Test func `Cohere's protocol carries the schema beside the format`() async throws {
    _ = try await model("valid", .cohere).generate(request)
    let sent = try #require(try await sentRequests().first)
    #expect(sent["path"] == "/v2/chat")
    #expect(sent["authorization"] == "Bearer sk-secret")
    #expect(sent["body"]?["response_format"] == ["type": "json_object", "json_schema": schema.schema])
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
  func `JSON between code fences or prose is JSON all the same, and it is noted`(dialect: Dialect) async throws {
    let fenced = try await model("fenced", dialect).generate(request)
    #expect(fenced.json?["pairs"]?.array?.count == 3 && fenced.notes == [.codeFence])
    let wordy = try await model("prose-around", dialect).generate(request)
    #expect(wordy.json?["pairs"]?.array?.count == 3 && wordy.notes == [.surroundingText])
  }

  @Test func `the server's own times are told where it has them`() async throws {
    let llama = try await model("valid", .openai).generate(request)
    #expect(llama.timing == ServerTiming(promptSeconds: 0.5, generationSeconds: 2))
    let ollama = try await model("valid", .ollama).generate(request)
    #expect(ollama.timing == ServerTiming(loadSeconds: 0.001, promptSeconds: 0.5, generationSeconds: 2))
    #expect(ollama.tokensPerSecond == 3.5)
    #expect(ollama.model == "ollama/valid" && ollama.finishReason == .stop && ollama.attempts == 1)
  }

  @Test func `a model's digest is what its server tells of the weights`() async throws {
    #expect(try await model("valid", .ollama).digest() == "ollama/valid@0123abcd")
    let first = try await model("valid", .openai).digest()
    #expect(first.hasPrefix("openai/valid@"))
    #expect(try await model("valid", .openai).digest() == first)
    #expect(try await model("valid", .anthropic).digest() == "anthropic/valid")
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
  func `a server with a fault is asked again, unless it says that this is of no use`(dialect: Dialect) async throws {
    #expect(try await model("broken-once", dialect).generate(request).attempts == 2)
    #expect(try await model("overloaded-once", dialect).generate(request).attempts == 2)
    #expect(try await failure("broken", dialect)?.description.contains("status 500: out of order") == true)
    _ = try await failure("final", dialect)
    let asked = try await sentRequests().filter { $0["body"]?["model"] == "final" }
    #expect(asked.count == 1)
  }

  @Test(arguments: Dialect.allCases)
  func `a prompt that the server finds too long is told with both measures`(dialect: Dialect) async throws {
    let error = try await failure("too-long", dialect)
    #expect(error?.description.contains("9000 tokens does not fit into the context of 4096") == true)
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
    #expect(
      try await failure("overfull", .ollama)?.description.contains("does not fit into the context of 2048") == true)
  }

  @Test func `a prompt of which the server read far too little is an error, though the context is not full`()
    async throws
  {
    var long = request
    long.messages[1].content = String(repeating: "A sentence of the usual length. ", count: 300)
    let model = try model("cutting", .ollama)
    let error = await #expect(throws: LanguageModelError.self) { try await model.generate(long) }
    #expect(error?.description.contains("a part of it was dropped") == true)
    let counting = OllamaModel(
      model: "valid", endpoint: "http://127.0.0.1:\(server.port)", countTokens: { _ in 12 }, client: HTTPClient())
    let counted = await #expect(throws: LanguageModelError.self) { try await counting.generate(request) }
    #expect(counted?.description.contains("12 tokens does not fit") == true)
  }

  @Test(arguments: [Dialect.openai, .anthropic, .cohere])
  func `a refusal is told as one`(dialect: Dialect) async throws {
    let error = try await failure("refusing", dialect)
    #expect(error?.description.contains("declined to answer:") == true)
    #expect(error?.isAboutReply == true)
    if dialect == .openai { #expect(error?.description.hasSuffix("I would rather not.") == true) }
  }

  @Test func `a configuration names the key that is wrong`() throws {
    let json = Data(#"{"provider": "olama", "model": "x"}"#.utf8)
    let error = #expect(throws: LanguageModelError.self) {
      try JSONDecoder().decode(LanguageModelConfiguration.self, from: json)
    }
    #expect(
      error?.description
        == "`language_model.provider` must be one of `ollama`, `openai`, `anthropic`, `cohere`, `huggingface`, `llama_cpp`, "
        + "but is `olama`.")
    let low = #expect(throws: LanguageModelError.self) {
      try LanguageModelConfiguration(provider: .ollama, model: "x", context: 1).makeModel()
    }
    #expect(low?.description.hasPrefix("`language_model.context` must be") == true)
    let good = try JSONDecoder().decode(
      LanguageModelConfiguration.self, from: Data(#"{"provider": "ollama", "model": "x"}"#.utf8))
    #expect(good == LanguageModelConfiguration(provider: .ollama, model: "x"))
  }
}
