import Foundation
import HTTP
import LanguageModel
import TestSupport
import Testing

/// The whole of what a run puts around a driver.
struct AssemblyTests {
  private let server: PeerServer
  private let folder: TemporaryFolder
  private let cache: ReplyCache
  private let meter = ModelMeter()
  private let schema = ResponseSchema(
    name: "answer", schema: ["type": "object", "required": ["count"], "properties": ["count": ["type": "integer"]]])

  init() throws {
    server = try PeerServer("language_model_server.py")
    folder = try TemporaryFolder()
    cache = try ReplyCache(path: folder.path("replies.sqlite"))
  }

  private func configuration(_ model: String) -> LanguageModelConfiguration {
    var configuration = LanguageModelConfiguration(
      provider: .openai, model: model, endpoint: "http://127.0.0.1:\(server.port)/v1")
    configuration.retries.firstPause = 0.001
    return configuration
  }

  private func sent() async throws -> [JSONValue] {
    let response = try await HTTPClient().send(
      HTTPRequest(.get, "http://127.0.0.1:\(server.port)/requests", trust: .configured))
    return try JSONDecoder().decode([JSONValue].self, from: Data(response.body))
  }

  @Test func `a request is tried, measured, kept, and asks for its schema in the way that works`() async throws {
    let model = try configuration("obedient").makeModel(meter: meter, cache: cache)
    let request = GenerationRequest(messages: [Message(.user, "How many?")], schema: schema)
    #expect(try await model.generate(request).json == ["count": 7])
    #expect(try await model.generate(request).isCached)
    let usage = try #require(meter.usage.first)
    // The canary by the server's dialect, the canary by the prompt, and the request.
    #expect(usage.requests == 3 && usage.cached == 1)
    #expect(usage.errors == ["invalid_reply": 1])
    #expect(usage.schema?.outcome == .prompted)
    #expect(try await sent().count == 3)
  }

  @Test func `a server with a fault is retried and counted as one request`() async throws {
    let model = try configuration("broken-once").makeModel(meter: meter, cache: nil)
    #expect(try await model.generate(question()).attempts == 2)
    #expect(meter.usage.first?.requests == 1 && meter.usage.first?.retries == 1)
  }

  @Test func `a server that stays broken is left alone after five requests`() async throws {
    let model = try configuration("final").makeModel(meter: meter, cache: cache)
    for _ in 0..<8 { await #expect(throws: LanguageModelError.self) { try await model.generate(question()) } }
    #expect(try await sent().count == 5)
  }

  @Test func `a model's own sampling and its missing system messages reach the server, and make another key`()
    async throws
  {
    var configuration = configuration("valid")
    var request = question()
    request.messages.insert(Message(.system, "Be brief."), at: 0)
    _ = try await configuration.makeModel(meter: meter, cache: cache).generate(request)
    configuration.temperature = 0.1
    configuration.maximumTokens = 4000
    configuration.readsSystemMessages = false
    let reply = try await configuration.makeModel(meter: meter, cache: cache).generate(request)
    #expect(!reply.isCached)
    let body = try #require(try await sent().last?["body"])
    #expect(body["temperature"] == .number(0.1) && body["max_tokens"] == 4000)
    #expect(body["messages"] == [["role": "user", "content": "Be brief.\n\nWell?"]])
  }

  @Test func `limits of the server are honoured without a word of it`() async throws {
    let time = ManualClock()
    let driver = OpenAICompatibleModel(
      model: "limited", endpoint: "http://127.0.0.1:\(server.port)/v1", client: HTTPClient())
    let model = LimitedModel(driver, clock: time.clock)
    for _ in 0..<2 { _ = try await model.generate(question()) }
    #expect(time.sleeps == [90])
  }

  @Test(
    arguments: [
      ("mistral:7b-instruct", ModelFamily.mistral), ("Meta-Llama-3.1-8B-Instruct", .llama31), ("llama3.1", .llama31),
      ("microsoft/Phi-3-mini-4k-instruct", .phi3), ("phi3:mini", .phi3), ("llama3.2", nil), ("gpt-4o-mini", nil),
    ] as [(String, ModelFamily?)])
  func `a model's family is told by its name`(name: String, family: ModelFamily?) {
    #expect(ModelFamily(model: name) == family)
  }
}
