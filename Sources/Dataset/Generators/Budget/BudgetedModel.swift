public import LanguageModel
import Synchronization

/// A model on which no more than a budget is spent, however many ask at once.
///
/// Before an attempt is sent, the most that it can cost is set aside; what is left of that comes back with the reply. When
/// not enough is left, the attempt waits for those under way, which may give something back and whose replies are not to
/// be lost, and is refused when there are none: the budget is never exceeded. Attempts that fail and the canaries for
/// schemas count, too. Replies from a cache cost nothing.
///
/// Models that a `LanguageModelConfiguration` makes enter every attempt into the account; others must be wrapped in
/// `AccountedModel`, or nothing of them is counted.
public final class BudgetedModel: LanguageModel, SpendingAccount {
  /// What was spent.
  public struct Spent: Codable, Hashable, Sendable {
    /// Attempts that were sent, whether they were answered or failed.
    public var calls: Int
    /// Tokens of prompts and replies.
    public var tokens: Int
    /// Money; 0 without a price.
    public var cost: Double

    /// Makes a sum.
    public init(calls: Int = 0, tokens: Int = 0, cost: Double = 0) {
      (self.calls, self.tokens, self.cost) = (calls, tokens, cost)
    }
  }

  private struct Account {
    var spent = Spent()
    var reserved = Spent()
  }

  /// The model's name.
  public var name: String { model.name }
  private let model: any LanguageModel
  private let budget: Budget
  private let price: @Sendable (String) -> ModelPrice?
  private let account = Mutex(Account())

  /// Puts a budget before a model.
  ///
  /// - Parameters:
  ///   - names: the models that may be asked: it and those that stand in for it.
  ///   - price: what the tokens of a model cost; a budget of money needs the price of all of them.
  /// - Throws: ``DatasetError/invalidValue(key:value:expected:)`` for a budget of money without a price.
  public init(
    _ model: any LanguageModel, budget: Budget, names: [String] = [],
    price: @escaping @Sendable (String) -> ModelPrice? = { _ in nil }
  ) throws {
    let names = names.isEmpty ? [model.name] : names
    if case .cost = budget, let unpriced = names.first(where: { price($0) == nil }) {
      throw DatasetError.invalidValue(
        key: "--budget", value: "`\(budget)`",
        expected: "`N calls` or `N tokens`, since `prices` has none of \(unpriced)")
    }
    self.model = model
    self.budget = budget
    self.price = price
  }

  /// What was spent so far.
  public var spent: Spent { account.withLock(\.spent) }

  /// Asks the model, as long as what each attempt can cost is left.
  ///
  /// - Throws: ``DatasetError/budgetSpent(spent:budget:)``; what the model throws.
  public func generate(_ request: GenerationRequest) async throws -> GenerationReply {
    try await Spending.$account.withValue(self) { try await model.generate(request) }
  }

  /// Sets aside the most that an attempt can cost.
  ///
  /// - Throws: ``DatasetError/budgetSpent(spent:budget:)``; `CancellationError`.
  public func begin(_ request: GenerationRequest, to model: String) async throws {
    let most = most(request, of: model)
    while try !reserveNow(most) { try await Task.sleep(for: Self.pause) }
  }

  /// Takes what an attempt did cost. A server that does not count its tokens is taken to have used all that it could, and
  /// one that failed to have read the prompt.
  public func end(_ request: GenerationRequest, to model: String, reply: GenerationReply?) {
    let most = most(request, of: model)
    let failed = TokenUsage(prompt: mostPromptTokens(of: request), completion: 0)
    let actual = reply.map { $0.usage.map { cost($0, of: model) } ?? most } ?? cost(failed, of: model)
    settle(most, as: actual)
  }

  /// The model's digest.
  public func digest() async throws -> String { try await model.digest() }

  /// Which requests would cost nothing.
  public func answered(among requests: [GenerationRequest]) async throws -> Set<Int> {
    try await model.answered(among: requests)
  }

  private func most(_ request: GenerationRequest, of model: String) -> Spent {
    let prompt = mostPromptTokens(of: request)
    return cost(TokenUsage(prompt: prompt, completion: request.sampling.maximumTokens), of: model)
  }

  private func cost(_ usage: TokenUsage, of model: String) -> Spent {
    Spent(calls: 1, tokens: usage.prompt + usage.completion, cost: price(model)?.cost(usage) ?? 0)
  }

  /// How long to wait before looking whether a request under way has ended; models take seconds.
  private static let pause = Duration.milliseconds(20)

  /// Sets the most that a request can take aside; false when that depends on those under way.
  private func reserveNow(_ most: Spent) throws -> Bool {
    try account.withLock { account in
      let all = sum(sum(account.spent, account.reserved), most)
      let fits =
        switch budget {
        case .calls(let limit): all.calls <= limit
        case .tokens(let limit): all.tokens <= limit
        case .cost(let limit): all.cost <= limit
        }
      if fits {
        account.reserved = sum(account.reserved, most)
      } else if account.reserved.calls == 0 {
        throw DatasetError.budgetSpent(spent: words(account.spent), budget: "\(budget)")
      }
      return fits
    }
  }

  private func settle(_ most: Spent, as actual: Spent) {
    account.withLock { account in
      account.reserved.calls -= most.calls
      account.reserved.tokens -= most.tokens
      account.reserved.cost -= most.cost
      account.spent = sum(account.spent, actual)
    }
  }

  private func sum(_ left: Spent, _ right: Spent) -> Spent {
    Spent(calls: left.calls + right.calls, tokens: left.tokens + right.tokens, cost: left.cost + right.cost)
  }

  private func words(_ spent: Spent) -> String {
    let money = spent.cost == 0 ? "" : ", \((spent.cost * 10_000).rounded() / 10_000) by the price table"
    return "\(spent.calls) calls, \(spent.tokens) tokens\(money)"
  }
}

/// About how many tokens a prompt has: a quarter of its bytes, which is usual for English prose.
public func estimatedPromptTokens(of request: GenerationRequest) -> Int { (promptBytes(of: request) + 3) / 4 }

/// How many tokens a prompt has at most, but for strange tokenizers: half of its bytes.
func mostPromptTokens(of request: GenerationRequest) -> Int { (promptBytes(of: request) + 1) / 2 }

private func promptBytes(of request: GenerationRequest) -> Int {
  // Each message has a few tokens around it.
  request.messages.reduce(0) { $0 + $1.content.utf8.count + 16 } + (request.schema == nil ? 0 : 400)
}
