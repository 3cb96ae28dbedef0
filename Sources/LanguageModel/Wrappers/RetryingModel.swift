/// A model that is asked again when its server was at fault, as ``RetrySettings`` say.
///
/// A reply of which a part was told already is not asked for again: nobody could take the part back.
public struct RetryingModel: StreamingLanguageModel {
  /// The model's name.
  public var name: String { model.name }
  private let model: any LanguageModel
  private let settings: RetrySettings
  private let clock: ModelClock
  private let random: @Sendable () -> Double

  /// Makes a model that is asked again.
  ///
  /// - Parameter random: from 0 to 1; for the part of a pause that is left to chance.
  public init(
    _ model: any LanguageModel, settings: RetrySettings = RetrySettings(), clock: ModelClock = .system,
    random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
  ) {
    self.model = model
    self.settings = settings
    self.clock = clock
    self.random = random
  }

  /// Generates one reply, in several attempts if need be.
  /// - Throws: ``LanguageModelError`` of the last attempt; `CancellationError`.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    let start = clock.now()
    let hasTold = Told()
    let listener = hasTold.listener(telling)
    var attempt = 1
    while true {
      do {
        var reply = try await model.generate(request, telling: listener)
        reply.attempts = attempt
        reply.seconds = max(reply.seconds, clock.now() - start)
        return reply
      } catch let error as LanguageModelError {
        guard attempt < settings.attempts, settings.isRetried(error), !hasTold.value,
          let pause = settings.pause(after: attempt, error, random: random())
        else { throw error }
        try await clock.sleep(pause)
        attempt += 1
      }
    }
  }

  /// The model's digest.
  public func digest() async throws -> String { try await model.digest() }
}
