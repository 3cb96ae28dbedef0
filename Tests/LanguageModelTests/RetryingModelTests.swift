import Foundation
import HTTP
import LanguageModel
import TestSupport
import Testing

struct RetryingModelTests {
  private let time = ManualClock()

  private func retrying(_ model: ScriptedModel, _ settings: RetrySettings = RetrySettings(), random: Double = 0)
    -> RetryingModel
  {
    RetryingModel(model, settings: settings, clock: time.clock, random: { random })
  }

  @Test(arguments: [refused(500), refused(503), refused(529), refused(408), refused(409), rateLimited(), down])
  func `what a server is to blame for is asked again`(error: LanguageModelError) async throws {
    let model = ScriptedModel("test/scripted", fails(error), fails(error), says("yes"))
    let reply = try await retrying(model).generate(question())
    #expect(reply.text == "yes")
    #expect(reply.attempts == 3)
    #expect(time.sleeps == [0.5, 1])
  }

  @Test(arguments: [400, 401, 403, 404, 422])
  func `a bad request is never asked again, whatever the server says`(status: Int) async {
    let model = ScriptedModel("test/scripted", fails(refused(status, shouldRetry: true)))
    await #expect(throws: LanguageModelError.self) { try await retrying(model).generate(question()) }
    #expect(model.requests.count == 1)
  }

  @Test(arguments: [
    LanguageModelError.truncated(model: "m", tokens: 1), .declined(model: "m", reason: "no"),
    .invalidReply(model: "m", reason: "r", excerpt: "e"), .promptTooLong(model: "m", tokens: 2, context: 1),
  ])
  func `a bad reply is the caller's to ask for again, so that budgets do not multiply`(error: LanguageModelError) async
  {
    let model = ScriptedModel("test/scripted", fails(error))
    await #expect(throws: error) { try await retrying(model).generate(question()) }
    #expect(model.requests.count == 1)
  }

  @Test func `the attempts are those of the settings, and the last error is told`() async {
    let model = ScriptedModel("test/scripted", fails(refused(500)))
    let settings = RetrySettings(attempts: 5, firstPause: 1, factor: 3, ceiling: 20)
    await #expect(throws: refused(500)) { try await retrying(model, settings).generate(question()) }
    #expect(model.requests.count == 5)
    #expect(time.sleeps == [1, 3, 9, 20])
  }

  @Test func `a quarter of a pause is left to chance`() async throws {
    let model = ScriptedModel("test/scripted", fails(refused(500)), says("yes"))
    _ = try await retrying(model, random: 1).generate(question())
    #expect(time.sleeps == [0.375])
  }

  @Test func `the server's word on whether and when to ask again counts`() async throws {
    let final = ScriptedModel("test/scripted", fails(refused(500, shouldRetry: false)))
    await #expect(throws: LanguageModelError.self) { try await retrying(final).generate(question()) }
    #expect(final.requests.count == 1)
    let patient = ScriptedModel("test/scripted", fails(refused(413, shouldRetry: true, pause: 7)), says("yes"))
    #expect(try await retrying(patient).generate(question()).text == "yes")
    #expect(time.sleeps == [7])
  }

  @Test func `a server that asks for too long a pause is not waited for`() async {
    let model = ScriptedModel("test/scripted", fails(rateLimited(pause: 3600)))
    let error = await #expect(throws: LanguageModelError.self) { try await retrying(model).generate(question()) }
    #expect(model.requests.count == 1)
    #expect(error?.description.contains("Wait 3600 s") == true)
  }

  @Test func `a reply of which a part was told is not begun anew`() async {
    let model = ScriptedModel("test/scripted", fails(refused(500)))
    let telling = TellingFirst(model: model)
    let pieces = Pieces()
    await #expect(throws: LanguageModelError.self) {
      try await RetryingModel(telling, clock: time.clock).generate(question()) { pieces.add($0) }
    }
    #expect(model.requests.count == 1)
    #expect(pieces.all == ["Once upon"])
  }

  @Test(
    arguments: [
      (["retry-after-ms": "1500", "retry-after": "9"], 1.5), (["retry-after": "2.5"], 2.5), (["retry-after": "0"], 0),
      (["retry-after": "Thu, 01 Jan 1970 00:01:40 GMT"], 40), (["retry-after": "soon"], nil), ([:], nil),
      (["retry-after-ms": "nan", "retry-after": "3"], 3), (["retry-after": "-4"], 0), (["retry-after": "1e300"], 1e6),
    ] as [([String: String], Double?)])
  func `the pause that a server asks for is read in all its forms`(fields: [String: String], pause: Double?) {
    var headers = HTTPHeaders()
    for (name, value) in fields { headers[name] = value }
    #expect(RetryAdvice(headers, now: .init(timeIntervalSince1970: 60)).pause == pause)
  }
}

/// A model that tells a piece and then does as another.
private struct TellingFirst: StreamingLanguageModel {
  let model: ScriptedModel
  var name: String { model.name }

  func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    telling?("Once upon")
    return try await model.generate(request)
  }
}
