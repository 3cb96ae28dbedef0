/// A model whose requests are counted.
public struct MeasuredModel: StreamingLanguageModel {
  /// The model's name.
  public var name: String { model.name }
  private let model: any LanguageModel
  private let meter: ModelMeter

  /// Counts what a model is asked. Where it wraps a cache, replies from there are counted as such.
  public init(_ model: any LanguageModel, meter: ModelMeter) {
    self.model = model
    self.meter = meter
  }

  /// Generates one reply and counts it.
  /// - Throws: ``LanguageModelError``; `CancellationError`.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    let watch = Stopwatch()
    do {
      let reply = try await model.generate(request, telling: telling)
      meter.note(reply)
      return reply
    } catch let error as LanguageModelError {
      meter.note(error, of: name, seconds: watch.seconds)
      throw error
    }
  }

  /// The model's digest.
  public func digest() async throws -> String { try await model.digest() }
}
