import Dataset
import LanguageModel
import Synchronization
import TestSupport
import Testing

struct BudgetTests {
  /// Answers at once, counts how often it was asked, and keeps some answers for nothing.
  private final class Counter: LanguageModel {
    let name = "test/counter"
    let asked = Mutex(0)
    let usage: TokenUsage?

    init(_ usage: TokenUsage?) { self.usage = usage }

    func generate(_ request: GenerationRequest) async throws -> GenerationReply {
      let isKept = request.messages.first?.content == "kept"
      if !isKept { asked.withLock { $0 += 1 } }
      await Task.yield()
      return GenerationReply(text: "yes", model: name, usage: usage, isCached: isKept)
    }

    func answered(among requests: [GenerationRequest]) async throws -> Set<Int> {
      Set(requests.indices.filter { requests[$0].messages.first?.content == "kept" })
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
    let model = try BudgetedModel(counter, budget: .calls(7), price: nil)
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
    let model = try BudgetedModel(counter, budget: .tokens(140), price: nil)
    for _ in 0..<3 { _ = try await model.generate(request()) }
    await #expect(throws: DatasetError.self) { try await model.generate(self.request()) }
    #expect(model.spent.tokens == 45)

    let price = ModelPrice(input: 1_000_000, output: 2_000_000)
    let paid = try BudgetedModel(Counter(TokenUsage(prompt: 10, completion: 50)), budget: .cost(300), price: price)
    _ = try await paid.generate(request())
    await #expect(throws: DatasetError.self) { try await paid.generate(self.request()) }
    #expect(paid.spent.cost == 110)
    #expect(throws: DatasetError.self) { try BudgetedModel(counter, budget: .cost(1), price: nil) }
  }

  @Test func `kept answers cost nothing, also when everything is spent`() async throws {
    let model = try BudgetedModel(Counter(nil), budget: .calls(0), price: nil)
    #expect(try await model.generate(request("kept")).text == "yes")
    await #expect(throws: DatasetError.self) { try await model.generate(self.request()) }
    #expect(model.spent == BudgetedModel.Spent())
  }
}
