/// Who pays for what a task asks of models, attempt by attempt.
///
/// The account of a task is ``Spending/account``. Every attempt that is sent passes it, retries and canaries included;
/// replies from a cache do not.
public protocol SpendingAccount: Sendable {
  /// Is asked before an attempt is sent, and may wait.
  ///
  /// - Parameters:
  ///   - request: what is sent.
  ///   - model: the name of the model that it is sent to.
  /// - Throws: what keeps it from being sent.
  func begin(_ request: GenerationRequest, to model: String) async throws

  /// Is told how an attempt ended that ``begin(_:to:)`` let through.
  ///
  /// - Parameter reply: what came back; nil when the attempt failed.
  func end(_ request: GenerationRequest, to model: String, reply: GenerationReply?)
}

/// What tasks spend on models.
public enum Spending {
  /// The account of this task; nil when nobody counts.
  @TaskLocal public static var account: (any SpendingAccount)?
}

/// A model of which every attempt is entered into the task's ``Spending/account``.
///
/// `LanguageModelConfiguration` puts it around its drivers, below the retries.
public struct AccountedModel: StreamingLanguageModel {
  /// The model's name.
  public var name: String { model.name }
  private let model: any LanguageModel

  /// Puts a model on account.
  public init(_ model: any LanguageModel) { self.model = model }

  /// Generates one reply, if the account lets the request through.
  /// - Throws: what the account throws; ``LanguageModelError``; `CancellationError`.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    guard let account = Spending.account else { return try await model.generate(request, telling: telling) }
    try await account.begin(request, to: name)
    do {
      let reply = try await model.generate(request, telling: telling)
      account.end(request, to: name, reply: reply)
      return reply
    } catch {
      account.end(request, to: name, reply: nil)
      throw error
    }
  }

  /// The model's digest.
  public func digest() async throws -> String { try await model.digest() }

  /// Which requests the model would answer without being asked.
  public func answered(among requests: [GenerationRequest]) async throws -> Set<Int> {
    try await model.answered(among: requests)
  }
}
