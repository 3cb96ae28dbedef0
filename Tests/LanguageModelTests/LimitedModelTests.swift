import Foundation
import HTTP
import LanguageModel
import Synchronization
import Testing

struct LimitedModelTests {
  private let time = ManualClock()

  @Test func `requests beyond a minute's worth wait for their turn`() async throws {
    let model = LimitedModel(
      ScriptedModel("test/scripted", says("yes")), limits: ModelLimits(requestsPerMinute: 2), clock: time.clock)
    for _ in 0..<4 { _ = try await model.generate(question()) }
    #expect(time.sleeps == [30, 30])
  }

  @Test func `tokens are estimated first and settled when the server has counted them`() async throws {
    let usage = TokenUsage(prompt: 10, completion: 90)
    let model = LimitedModel(
      ScriptedModel("test/scripted", says("yes", usage: usage)), limits: ModelLimits(tokensPerMinute: 3000),
      clock: time.clock)
    var request = question("1234567890123456")
    request.sampling.maximumTokens = 1492  // with the message's 4 + 4 tokens: half of a minute's worth
    for _ in 0..<16 { _ = try await model.generate(request) }
    // Each of them has cost 100 in the end, so that the estimate was there for all but the last.
    #expect(time.sleeps.isEmpty)
    _ = try await model.generate(request)
    #expect(time.sleeps.count == 1 && abs(time.sleeps[0] - 2) < 0.001, "\(time.sleeps)")
  }

  @Test func `after a refusal all wait for as long as the server asked`() async throws {
    let scripted = ScriptedModel("test/scripted", fails(rateLimited(pause: 25)), says("yes"))
    let model = LimitedModel(scripted, clock: time.clock)
    await #expect(throws: LanguageModelError.self) { try await model.generate(question()) }
    time.advance(5)
    _ = try await model.generate(question())
    #expect(time.sleeps == [20])
  }

  @Test func `a refusal without a time is a pause of ten seconds`() async throws {
    let scripted = ScriptedModel("test/scripted", fails(rateLimited()), says("yes"))
    let model = LimitedModel(scripted, clock: time.clock)
    await #expect(throws: LanguageModelError.self) { try await model.generate(question()) }
    _ = try await model.generate(question())
    #expect(time.sleeps == [10])
  }

  @Test func `what the server says is left counts, though nothing was refused`() async throws {
    let limits = RateLimits(["x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m30s"])
    let scripted = ScriptedModel(
      "test/scripted",
      { _ in
        var reply = GenerationReply(text: "yes")
        reply.limits = limits
        return reply
      }, says("yes"))
    let model = LimitedModel(scripted, clock: time.clock)
    for _ in 0..<2 { _ = try await model.generate(question()) }
    #expect(time.sleeps == [90])
  }

  @Test func `no more requests are under way than the window has places`() async throws {
    let most = Mutex((now: 0, most: 0))
    let scripted = ScriptedModel(
      "test/scripted",
      { _ in
        most.withLock { counts in
          counts.now += 1
          counts.most = max(counts.most, counts.now)
        }
        for _ in 0..<20 { await Task.yield() }
        most.withLock { $0.now -= 1 }
        return GenerationReply(text: "yes")
      })
    let model = LimitedModel(scripted, limits: ModelLimits(concurrency: 3), clock: time.clock)
    try await withThrowingTaskGroup { group in
      for _ in 0..<30 { group.addTask { _ = try await model.generate(question()) } }
      try await group.waitForAll()
    }
    #expect(most.withLock(\.most) == 3)
  }

  @Test(
    arguments: [
      (["x-ratelimit-remaining-requests": "5", "x-ratelimit-reset-requests": "6ms"], [5, 0.006, nil, nil]),
      (["x-ratelimit-remaining-tokens": "70", "x-ratelimit-reset-tokens": "0h51m3.5s"], [nil, nil, 70, 3063.5]),
      (
        [
          "anthropic-ratelimit-requests-remaining": "3", "anthropic-ratelimit-requests-reset": "1970-01-01T00:01:40Z",
          "anthropic-ratelimit-input-tokens-remaining": "9", "anthropic-ratelimit-output-tokens-remaining": "4",
        ], [3, 40, 4, nil]
      ),
      (["x-ratelimit-remaining-tokens": "nan", "x-ratelimit-remaining-requests": "1"], [1, nil, nil, nil]),
      (["x-ratelimit-remaining-requests": "1", "x-ratelimit-reset-requests": "soon"], [1, nil, nil, nil]),
      (["x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1e300"], [0, 3600, nil, nil]),
    ] as [([String: String], [Double?])])
  func `the servers' fields are read`(fields: [String: String], values: [Double?]) throws {
    var headers = HTTPHeaders()
    for (name, value) in fields { headers[name] = value }
    let limits = try #require(RateLimits(headers, now: .init(timeIntervalSince1970: 60)))
    #expect([limits.requests, limits.requestsReset, limits.tokens, limits.tokensReset] == values)
  }
}
