import LanguageModel
import Testing

struct CircuitBreakerTests {
  private let time = ManualClock()

  private func failure(_ model: some LanguageModel) async -> LanguageModelError? {
    await #expect(throws: LanguageModelError.self) { try await model.generate(question()) }
  }

  @Test func `after five failures in a row a model is left alone for a minute, and then tried once`() async throws {
    let scripted = ScriptedModel(
      "test/scripted", fails(down), fails(down), fails(down), fails(down), fails(down), fails(refused(500)), says("yes")
    )
    let model = CircuitBreaker(scripted, clock: time.clock)
    for _ in 0..<5 { #expect(await failure(model) == down) }
    let alone = await failure(model)
    #expect(alone?.description.contains("left alone for 60 s: cannot ask test/scripted") == true)
    #expect(scripted.requests.count == 5)
    time.advance(59)
    _ = await failure(model)
    #expect(scripted.requests.count == 5)
    time.advance(1)
    #expect(await failure(model) == refused(500))
    #expect(await failure(model)?.description.contains("left alone for 60 s") == true)
    time.advance(60)
    #expect(try await model.generate(question()).text == "yes")
    #expect(try await model.generate(question()).text == "yes")
  }

  @Test func `while one request is being tried the others are not let through`() async throws {
    let gate = AsyncStream<Void>.makeStream()
    let began = AsyncStream<Void>.makeStream()
    let scripted = ScriptedModel(
      "test/scripted", fails(down),
      { _ in
        began.continuation.finish()
        for await _ in gate.stream {}
        return GenerationReply(text: "yes")
      })
    let model = CircuitBreaker(scripted, threshold: 1, clock: time.clock)
    _ = await failure(model)
    time.advance(60)
    async let trial = model.generate(question())
    for await _ in began.stream {}
    #expect(await failure(model)?.description.contains("left alone") == true)
    gate.continuation.finish()
    #expect(try await trial.text == "yes")
    #expect(scripted.requests.count == 2)
  }

  @Test func `a success in between, a bad request and a bad reply do not add up`() async throws {
    let bad = LanguageModelError.invalidReply(model: "m", reason: "r", excerpt: "e")
    let scripted = ScriptedModel(
      "test/scripted", fails(down), fails(down), says("yes"), fails(down), fails(down), fails(bad), fails(down),
      fails(down), fails(refused(400)), fails(down), fails(down), says("yes"))
    let model = CircuitBreaker(scripted, threshold: 3, clock: time.clock)
    for _ in 0..<12 { _ = try? await model.generate(question()) }
    #expect(scripted.requests.count == 12)
  }
}
