/// Models that stand in for each other: the first that can answer does.
///
/// The next one is asked only when a server is at fault or lacks the model or takes no such key
/// (``LanguageModelError/isAboutServer``); a bad request is thrown at once, since every server would refuse it, and so is a
/// bad reply. ``GenerationReply/model`` names which answered.
public struct FailoverModel: StreamingLanguageModel {
  /// The names of all, in their order.
  public let name: String
  private let models: [any LanguageModel]

  /// Puts models in an order; there is one at least.
  public init(_ first: any LanguageModel, _ others: [any LanguageModel]) {
    models = [first] + others
    name = models.map(\.name).joined(separator: ", else ")
  }

  /// Generates one reply with the first model that can. When a part was told already no other is asked.
  /// - Throws: ``LanguageModelError/allFailed(reasons:)`` when none could; `CancellationError`.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    var reasons: [String] = []
    let hasTold = Told()
    let listener = hasTold.listener(telling)
    for model in models {
      do {
        return try await model.generate(request, telling: listener)
      } catch let error as LanguageModelError where error.isAboutServer && !hasTold.value {
        reasons.append(error.description)
      }
    }
    throw LanguageModelError.allFailed(reasons: reasons)
  }

  /// Which requests the first model would answer without being asked: it is the one whose turn it is.
  public func answered(among requests: [GenerationRequest]) async throws -> Set<Int> {
    try await models[0].answered(among: requests)
  }

  /// What tells all of them together; a server that cannot be asked has its model's name for a digest.
  public func digest() async throws -> String {
    var digests: [String] = []
    for model in models {
      do {
        digests.append(try await model.digest())
      } catch is LanguageModelError {
        digests.append(model.name)
      }
    }
    return digests.joined(separator: ", else ")
  }
}
