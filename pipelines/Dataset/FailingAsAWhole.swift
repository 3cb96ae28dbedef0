import LanguageModel

/// Does what asks a model: an error that is not about the one reply, such as a server that is down or a budget that is
/// spent, ends the step, since every other item would meet it, too.
func failingAsAWhole<Value: Sendable>(
  _ work: @Sendable () async throws -> Value
) async throws -> Value {
  do {
    return try await work()
  } catch let error as LanguageModelError where !error.isAboutReply {
    throw StepFailure(error)
  } catch DatasetError.budgetSpent(let spent, let budget) {
    throw StepFailure(DatasetError.budgetSpent(spent: spent, budget: budget))
  }
}
