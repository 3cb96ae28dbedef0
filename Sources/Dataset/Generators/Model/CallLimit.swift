public import LanguageModel
import Synchronization

/// A model that may be asked so many times, and not once more.
public final class CallLimit: LanguageModel {
  /// The model's name.
  public var name: String { model.name }
  private let model: any LanguageModel
  private let limit: Int
  private let count = Mutex(0)

  /// Limits a model to `calls` requests for as long as this value lives.
  public init(_ model: any LanguageModel, calls: Int) {
    self.model = model
    limit = calls
  }

  /// Asks the model, unless it has been asked so often already.
  ///
  /// - Throws: ``DatasetError/budgetSpent(spent:budget:)``; what the model throws.
  public func generate(_ request: GenerationRequest) async throws -> GenerationReply {
    let mayAsk = count.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
    guard mayAsk else { throw DatasetError.budgetSpent(spent: "\(limit) calls", budget: "\(limit) calls") }
    return try await model.generate(request)
  }
}
