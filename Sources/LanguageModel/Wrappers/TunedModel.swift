/// A model that is asked in a way of its own, whatever a request says: where models stand in for each other each may want
/// another temperature, or take no messages of the system.
public struct TunedModel: StreamingLanguageModel {
  /// The model's name.
  public var name: String { model.name }
  private let model: any LanguageModel
  private let temperature: Double?
  private let maximumTokens: Int?
  private let readsSystemMessages: Bool

  /// Makes a model that is asked in a way of its own; nil leaves what the request says.
  public init(
    _ model: any LanguageModel, temperature: Double? = nil, maximumTokens: Int? = nil, readsSystemMessages: Bool = true
  ) {
    self.model = model
    self.temperature = temperature
    self.maximumTokens = maximumTokens
    self.readsSystemMessages = readsSystemMessages
  }

  /// Generates one reply to the request as this model wants it.
  /// - Throws: ``LanguageModelError``; `CancellationError`.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    try await model.generate(tuned(request), telling: telling)
  }

  /// The model's digest; what is said without messages of the system is said otherwise.
  public func digest() async throws -> String {
    try await model.digest() + (readsSystemMessages ? "" : " without system messages")
  }

  /// Which requests, as this model wants them, would be answered without asking it.
  public func answered(among requests: [GenerationRequest]) async throws -> Set<Int> {
    try await model.answered(among: requests.map(tuned))
  }

  private func tuned(_ request: GenerationRequest) -> GenerationRequest {
    var request = request
    request.sampling.temperature = temperature ?? request.sampling.temperature
    request.sampling.maximumTokens = maximumTokens ?? request.sampling.maximumTokens
    guard !readsSystemMessages else { return request }
    let rules = request.messages.filter { $0.role == .system }.map(\.content)
    request.messages.removeAll { $0.role == .system }
    guard !rules.isEmpty else { return request }
    if let index = request.messages.firstIndex(where: { $0.role == .user }) {
      request.messages[index].content = (rules + [request.messages[index].content]).joined(separator: "\n\n")
    } else {
      request.messages.append(Message(.user, rules.joined(separator: "\n\n")))
    }
    return request
  }
}
