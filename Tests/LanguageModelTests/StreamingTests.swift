import HTTP
import LanguageModel
import TestSupport
import Testing

/// Streams of every driver over a real socket, whole and broken.
struct StreamingTests {
  private let server: PeerServer
  private let address: String

  init() throws {
    server = try PeerServer("language_model_server.py")
    address = "http://127.0.0.1:\(server.port)"
  }

  private func model(_ name: String, _ provider: LanguageModelConfiguration.Provider) throws -> any LanguageModel {
    var configuration = LanguageModelConfiguration(
      provider: provider, model: name, endpoint: provider == .openai ? address + "/v1" : address)
    configuration.retries.attempts = 1
    return try configuration.makeModel()
  }

  private static let providers: [LanguageModelConfiguration.Provider] = [.openai, .ollama, .anthropic, .cohere]

  @Test(arguments: providers)
  func `text comes in pieces, and then the reply with all of it`(provider: LanguageModelConfiguration.Provider)
    async throws
  {
    var pieces: [String] = []
    var reply: GenerationReply?
    for try await part in try model("valid", provider).stream(question()) {
      switch part {
      case .text(let text): pieces.append(text)
      case .reply(let whole): reply = whole
      }
    }
    #expect(pieces.count > 3)
    #expect(reply?.text == pieces.joined())
    #expect(reply?.usage == TokenUsage(prompt: 11, completion: 7))
    #expect(reply?.finishReason == .stop)
    if provider == .openai || provider == .ollama { #expect(reply?.timing?.generationSeconds == 2) }
  }

  @Test(arguments: providers)
  func `a stream that ends in an error, too early or in the middle gives no reply`(
    provider: LanguageModelConfiguration.Provider
  ) async throws {
    for name in ["dying", "ended", "torn"] {
      let model = try model(name, provider)
      let error = await #expect(throws: LanguageModelError.self) {
        for try await _ in model.stream(question()) {}
      }
      #expect(error?.isAboutServer == true, "\(name): \(error?.description ?? "none")")
      #expect(error?.isAboutReply == false)
    }
  }

  @Test(arguments: providers)
  func `a stream that is cut off or refused is so as a whole reply is`(provider: LanguageModelConfiguration.Provider)
    async throws
  {
    let model = try model("truncated", provider)
    let error = await #expect(throws: LanguageModelError.self) {
      for try await _ in model.stream(question()) {}
    }
    #expect(error == .truncated(model: model.name, tokens: 2048))
    let forbidden = try self.model("forbidden", provider)
    let refusal = await #expect(throws: LanguageModelError.self) {
      for try await _ in forbidden.stream(question()) {}
    }
    #expect(refusal?.description.contains("status 401: no such key") == true)
  }

  @Test func `an overloaded server that says so in a stream is asked again, if nothing was told yet`() async throws {
    let overloaded = LanguageModelError.refused(model: "m", status: 529, reason: "r", advice: RetryAdvice())
    let scripted = ScriptedModel("test/scripted", fails(overloaded), says("yes"))
    let time = ManualClock()
    let pieces = Pieces()
    let reply = try await RetryingModel(scripted, clock: time.clock).generate(question()) { pieces.add($0) }
    #expect(reply.text == "yes" && pieces.all == ["yes"])
  }
}
