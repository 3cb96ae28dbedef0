import Synchronization

/// Counts what models are asked, by their names. Its memory does not grow with the requests.
public final class ModelMeter: Sendable {
  private struct Counts {
    var usage: ModelUsage
    var latencies = LatencyHistogram()
    /// The seconds of generating, of replies whose tokens are known.
    var seconds = 0.0
  }

  private let prices: [String: ModelPrice]
  private let counts = Mutex<[String: Counts]>([:])

  /// Begins to count.
  ///
  /// - Parameter prices: by the name of a model, with its provider (`openai/gpt-4o-mini`) or without.
  public init(prices: [String: ModelPrice] = [:]) {
    self.prices = prices
  }

  /// The price of a model, if the table has it.
  public func price(of model: String) -> ModelPrice? {
    prices[model] ?? model.firstIndex(of: "/").flatMap { prices[String(model[model.index(after: $0)...])] }
  }

  /// Counts a reply.
  public func note(_ reply: GenerationReply) {
    let price = price(of: reply.model)
    change(reply.model) { counts in
      guard !reply.isCached else {
        counts.usage.cached += 1
        return
      }
      counts.usage.requests += 1
      counts.usage.retries += reply.attempts - 1
      counts.latencies.add(reply.seconds)
      guard let usage = reply.usage else { return }
      counts.usage.promptTokens += usage.prompt
      counts.usage.completionTokens += usage.completion
      counts.seconds += reply.timing?.generationSeconds ?? reply.seconds
      if let price { counts.usage.cost = (counts.usage.cost ?? 0) + price.cost(usage) }
    }
  }

  /// Counts a request that gave no reply, and how long that took.
  public func note(_ error: LanguageModelError, of model: String, seconds: Double) {
    change(model) { counts in
      counts.usage.requests += 1
      counts.usage.errors[error.kind, default: 0] += 1
      counts.latencies.add(seconds)
    }
  }

  /// Keeps what was found out about schemas.
  public func note(_ enforcement: SchemaEnforcement) {
    change(enforcement.model) { $0.usage.schema = enforcement }
  }

  /// What was counted so far, by the models' names.
  public var usage: [ModelUsage] {
    counts.withLock { counts in
      counts.sorted { $0.key < $1.key }.map { _, counts in
        var usage = counts.usage
        usage.p50 = counts.latencies.quantile(0.5)
        usage.p95 = counts.latencies.quantile(0.95)
        usage.p99 = counts.latencies.quantile(0.99)
        usage.tokensPerSecond = counts.seconds > 0 ? Double(usage.completionTokens) / counts.seconds : nil
        return usage
      }
    }
  }

  private func change(_ model: String, _ body: (inout Counts) -> Void) {
    counts.withLock { body(&$0[model, default: Counts(usage: ModelUsage(model: model))]) }
  }
}

extension LanguageModelError {
  /// The kind of failure, as records count it.
  var kind: String {
    switch self {
    case .invalidValue: "invalid_value"
    case .unreachable: "unreachable"
    case .unknownModel: "unknown_model"
    case .refused(_, let status, _, _): "status_\(status)"
    case .rateLimited: "rate_limited"
    case .brokenOff: "broken_off"
    case .notUnderstood: "not_understood"
    case .truncated: "truncated"
    case .promptTooLong: "prompt_too_long"
    case .declined: "declined"
    case .invalidReply: "invalid_reply"
    case .unusableSchema: "unusable_schema"
    case .leftAlone: "left_alone"
    case .allFailed: "all_failed"
    case .notRecorded, .unusableRecording: "recording"
    case .serverFailed: "server_failed"
    }
  }
}
