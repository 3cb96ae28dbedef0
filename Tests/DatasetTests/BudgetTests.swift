import Dataset
import LanguageModel
import Synchronization
import TestSupport
import Testing

struct BudgetTests {
  /// Answers at once, and counts how often it was asked.
  private final class Counter: LanguageModel {
    let name = "test/counter"
    let asked = Mutex(0)
    let usage: TokenUsage?

    init(_ usage: TokenUsage?) { self.usage = usage }

    func generate(_ request: GenerationRequest) async throws -> GenerationReply {
      asked.withLock { $0 += 1 }
      await Task.yield()
      return GenerationReply(text: "yes", model: name, usage: usage)
    }
  }

  private func request(_ text: String = "ask") -> GenerationRequest {
    GenerationRequest(messages: [Message(.user, text)], sampling: Sampling(maximumTokens: 100))
  }

  @Test(arguments: [
    ("500 calls", Budget.calls(500)), ("1 call", .calls(1)), ("200_000 tokens", .tokens(200_000)), ("2.50", .cost(2.5)),
    ("0", .cost(0)),
  ])
  func `a budget is read as it is written`(text: String, budget: Budget) {
    #expect(Budget(text) == budget)
  }

  @Test(arguments: ["", "many", "-1", "5 euros", "1.5 calls", "inf", "nan", "1 2 calls", "-3 tokens"])
  func `what is no budget is refused`(text: String) { #expect(Budget(text) == nil) }

  @Test func `as many as ask at once, no more calls are made than the budget has`() async throws {
    let counter = Counter(TokenUsage(prompt: 10, completion: 5))
    let model = try BudgetedModel(AccountedModel(counter), budget: .calls(7))
    let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<50 {
        group.addTask {
          do {
            _ = try await model.generate(self.request())
            return false
          } catch DatasetError.budgetSpent { return true }
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(counter.asked.withLock(\.self) == 7 && refused == 43)
    #expect(model.spent.calls == 7 && model.spent.tokens == 105)
  }

  @Test func `tokens and money are never exceeded, and what was set aside too much comes back`() async throws {
    let counter = Counter(TokenUsage(prompt: 10, completion: 5))
    // The most that a request can take is 100 for the reply and 10 for the prompt.
    let model = try BudgetedModel(AccountedModel(counter), budget: .tokens(140))
    for _ in 0..<3 { _ = try await model.generate(request()) }
    await #expect(throws: DatasetError.self) { try await model.generate(self.request()) }
    #expect(model.spent.tokens == 45)

    let price = ModelPrice(input: 1_000_000, output: 2_000_000)
    let dear = AccountedModel(Counter(TokenUsage(prompt: 10, completion: 50)))
    let paid = try BudgetedModel(dear, budget: .cost(300), price: { _ in price })
    _ = try await paid.generate(request())
    await #expect(throws: DatasetError.self) { try await paid.generate(self.request()) }
    #expect(paid.spent.cost == 110)
    #expect(throws: DatasetError.self) { try BudgetedModel(AccountedModel(counter), budget: .cost(1)) }
  }

  @Test func `kept answers cost nothing, also when everything is spent`() async throws {
    let folder = try TemporaryFolder()
    let cache = try ReplyCache(path: folder.path("replies.sqlite"))
    let kept = CachedModel(AccountedModel(Counter(nil)), cache: cache)
    _ = try await kept.generate(request("kept"))
    let model = try BudgetedModel(kept, budget: .calls(0))
    #expect(try await model.generate(request("kept")).isCached)
    await #expect(throws: DatasetError.self) { try await model.generate(self.request()) }
    #expect(model.spent == BudgetedModel.Spent())
  }

  /// Is refused twice, then answers.
  private final class Reluctant: LanguageModel {
    let name = "test/reluctant"
    let asked = Mutex(0)

    func generate(_ request: GenerationRequest) async throws -> GenerationReply {
      let attempt = asked.withLock {
        $0 += 1; return $0
      }
      if attempt < 3 { throw LanguageModelError.brokenOff(model: name, reason: "the line fell silent") }
      return GenerationReply(text: "yes", model: name, usage: TokenUsage(prompt: 10, completion: 5))
    }
  }

  @Test func `every attempt counts, and a budget stops the attempts`() async throws {
    let quick = RetrySettings(attempts: 3, firstPause: 0.001, ceiling: 0.001)
    let enough = Reluctant()
    let model = try BudgetedModel(RetryingModel(AccountedModel(enough), settings: quick), budget: .calls(3))
    #expect(try await model.generate(request()).attempts == 3)
    #expect(model.spent.calls == 3)

    let tight = Reluctant()
    let stopped = try BudgetedModel(RetryingModel(AccountedModel(tight), settings: quick), budget: .calls(2))
    await #expect(throws: DatasetError.self) { try await stopped.generate(self.request()) }
    #expect(tight.asked.withLock(\.self) == 2 && stopped.spent.calls == 2)
  }
}
