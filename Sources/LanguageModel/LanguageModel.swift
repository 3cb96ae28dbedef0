/// Takes pieces of a reply's text as they come.
public typealias TextListener = @Sendable (String) -> Void

/// A model that answers messages.
///
/// What stands around a driver (retries, limits, a cache, a breaker, failover, measuring) is a small value that wraps a
/// model and is one.
public protocol LanguageModel: Sendable {
  /// The provider and the model's name, such as `ollama/llama3.1`: what tells its replies from another's.
  var name: String { get }

  /// Generates one reply.
  ///
  /// When the request has a schema, the reply was parsed and checked against it here, whatever the server promised.
  /// - Throws: ``LanguageModelError``; `CancellationError`.
  func generate(_ request: GenerationRequest) async throws -> GenerationReply

  /// Generates one reply, and tells its text as it comes.
  ///
  /// What was told may turn out to be unusable: only the reply that is returned has been checked.
  /// - Parameter telling: takes each piece of text; nil if nobody listens, so that nothing needs to be streamed.
  /// - Throws: ``LanguageModelError``; `CancellationError`.
  func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply

  /// What tells this model's weights from another's of the same name, as far as the server says; else the name.
  ///
  /// - Throws: ``LanguageModelError`` when the server would tell, and cannot be asked; `CancellationError`.
  func digest() async throws -> String

  /// Which of some requests would be answered without asking the model, such as from a cache: what a plan need not pay.
  ///
  /// - Returns: their positions.
  /// - Throws: ``LanguageModelError`` when the server must be asked which weights it has; `StorageError`.
  func answered(among requests: [GenerationRequest]) async throws -> Set<Int>
}

extension LanguageModel {
  /// Tells the whole text at once, when it is there.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    let reply = try await generate(request)
    telling?(reply.text)
    return reply
  }

  /// The name.
  public func digest() async throws -> String { name }

  /// None.
  public func answered(among requests: [GenerationRequest]) async throws -> Set<Int> { [] }

  /// The pieces of a reply's text as they come, and at the end the reply.
  ///
  /// Whoever stops reading ends the request. The sequence throws what ``generate(_:)`` throws.
  public func stream(_ request: GenerationRequest) -> AsyncThrowingStream<GenerationPart, any Error> {
    AsyncThrowingStream { continuation in
      let task = Task {
        do {
          continuation.yield(.reply(try await generate(request) { continuation.yield(.text($0)) }))
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }
}

/// A model whose one way to answer is ``LanguageModel/generate(_:telling:)``.
public protocol StreamingLanguageModel: LanguageModel {}

extension StreamingLanguageModel {
  /// Generates one reply that nobody listens to.
  /// - Throws: ``LanguageModelError``; `CancellationError`.
  public func generate(_ request: GenerationRequest) async throws -> GenerationReply {
    try await generate(request, telling: nil)
  }
}
