import LanguageModel
import Testing

struct FailoverModelTests {
  private func model(_ name: String, _ entry: @escaping ScriptedModel.Entry) -> ScriptedModel {
    ScriptedModel(name, entry)
  }

  @Test(arguments: [
    down, refused(500), refused(401), rateLimited(), .leftAlone(model: "a", seconds: 1, reason: "r"),
    .unknownModel(model: "a", endpoint: "e", advice: "x"), .brokenOff(model: "a", reason: "r"),
    .notUnderstood(model: "a", reason: "r"),
  ])
  func `when a server is at fault the next model answers, and is named`(error: LanguageModelError) async throws {
    let failover = FailoverModel(model("a/1", fails(error)), [model("b/2", says("yes", by: "b/2"))])
    #expect(failover.name == "a/1, else b/2")
    #expect(try await failover.generate(question()).model == "b/2")
  }

  @Test(arguments: [
    refused(400), refused(413), refused(422), .promptTooLong(model: "a", tokens: 2, context: 1),
    .invalidReply(model: "a", reason: "r", excerpt: "e"), .declined(model: "a", reason: "r"),
    .truncated(model: "a", tokens: 3), .unusableSchema(model: "a", reason: "r"),
  ])
  func `a bad request or a bad reply goes to no other model`(error: LanguageModelError) async {
    let second = model("b/2", says("yes"))
    await #expect(throws: error) { try await FailoverModel(model("a/1", fails(error)), [second]).generate(question()) }
    #expect(second.requests.isEmpty)
  }

  @Test func `when none can answer all reasons are told`() async {
    let failover = FailoverModel(model("a/1", fails(down)), [model("b/2", fails(refused(503)))])
    let error = await #expect(throws: LanguageModelError.self) { try await failover.generate(question()) }
    #expect(error?.description.contains("nobody listens") == true)
    #expect(error?.description.contains("status 503") == true)
  }

  @Test func `a model that is down has its name for a digest`() async throws {
    #expect(try await FailoverModel(model("a/1", fails(down)), [model("b/2", fails(down))]).digest() == "a/1, else b/2")
  }
}
