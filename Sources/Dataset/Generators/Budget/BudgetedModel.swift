public import LanguageModel
import Synchronization

/// A model on which no more than a budget is spent, however many ask at once.
///
/// Before a request is made, the most that it can cost is set aside; what is left of that comes back with the reply. When
/// not enough is left, the request waits for those under way, which may give something back and whose replies are not to be
/// lost, and is refused when there are none: the budget is never exceeded. Replies from a cache cost nothing.
public final class BudgetedModel: LanguageModel {
  /// What was spent.
  public struct Spent: Codable, Hashable, Sendable {
    /// Requests that the model answered, or failed to.
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
  private let price: ModelPrice?
  private let account = Mutex(Account())

  /// Puts a budget before a model.
  ///
  /// - Parameter price: what its tokens cost; a budget of money needs one.
  /// - Throws: ``DatasetError/invalidValue(key:value:expected:)`` for a budget of money without a price.
  public init(_ model: any LanguageModel, budget: Budget, price: ModelPrice?) throws {
    if case .cost = budget, price == nil {
      throw DatasetError.invalidValue(
        key: "--budget", value: "`\(budget)`",
        expected: "`N calls` or `N tokens`, since `prices` has none of \(model.name)")
    }
    self.model = model
    self.budget = budget
    self.price = price
  }

  /// What was spent so far.
  public var spent: Spent { account.withLock(\.spent) }

  /// Asks the model, if the most that it can cost is left.
  ///
  /// - Throws: ``DatasetError/budgetSpent(spent:budget:)``; what the model throws.
  public func generate(_ request: GenerationRequest) async throws -> GenerationReply {
    if try await !model.answered(among: [request]).isEmpty { return try await model.generate(request) }
    let most = cost(TokenUsage(prompt: mostPromptTokens(of: request), completion: request.sampling.maximumTokens))
    try await reserve(most)
    do {
      let reply = try await model.generate(request)
      // A server that does not count its tokens is taken to have used all that it could.
      settle(most, as: reply.isCached ? Spent() : reply.usage.map(cost) ?? most)
      return reply
    } catch {
      settle(most, as: cost(TokenUsage(prompt: mostPromptTokens(of: request), completion: 0)))
      throw error
    }
  }

  /// The model's digest.
  public func digest() async throws -> String { try await model.digest() }

  /// Which requests would cost nothing.
  public func answered(among requests: [GenerationRequest]) async throws -> Set<Int> {
    try await model.answered(among: requests)
  }

  private func cost(_ usage: TokenUsage) -> Spent {
    Spent(calls: 1, tokens: usage.prompt + usage.completion, cost: price?.cost(usage) ?? 0)
  }

  /// How long to wait before looking whether a request under way has ended; models take seconds.
  private static let pause = Duration.milliseconds(20)

  private func reserve(_ most: Spent) async throws {
    while try !reserveNow(most) { try await Task.sleep(for: Self.pause) }
  }

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
    let money = price == nil ? "" : ", \((spent.cost * 10_000).rounded() / 10_000) by the price table"
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
