/// A model that answers messages.
public protocol LanguageModel: Sendable {
  /// The provider and the model's name, such as `ollama/llama3.1`: what tells its replies from another's.
  var name: String { get }

  /// Generates one reply.
  ///
  /// When the request has a schema, the reply was parsed and checked against it here, whatever the server promised.
  /// - Throws: ``LanguageModelError``; `CancellationError`.
  func generate(_ request: GenerationRequest) async throws -> GenerationReply
}
