import Foundation
import LanguageModel

/// One call to a language model, outside of any pipeline: nothing is kept.
public struct TextGeneration: Sendable {
  /// What to ask.
  public struct Request: Sendable {
    /// The messages in their order: the role (`system`, `user`, `assistant`) and the text.
    var messages: [Message]
    /// How freely to write; nil for the model's setting.
    public var temperature: Double?
    /// The longest reply, in tokens; nil for the model's setting.
    public var maximumTokens: Int?
    /// The shape of the reply.
    var schema: ResponseSchema?

    /// Asks a question.
    ///
    /// - Parameter system: the rules that hold for the reply.
    public init(prompt: String, system: String? = nil) {
      messages = (system.map { [Message(.system, $0)] } ?? []) + [Message(.user, prompt)]
    }

    /// Fills a prompt file.
    ///
    /// - Parameters:
    ///   - useCase: the prompt's name, such as `summarization`.
    ///   - values: what is put into its holes, by their names.
    /// - Throws: ``GenerationError``, among others for a prompt that there is not or that is filled wrongly.
    public init(useCase: String, values: [String: String], configuration: Configuration) throws {
      guard let model = configuration.libraryModels.first else { throw GenerationError.noModel }
      do {
        messages = try configuration.promptLibrary().prompt(useCase, for: model.modelName).render(values)
      } catch let error as PromptError {
        throw GenerationError.badPrompt(reason: error.description)
      }
    }

    /// Asks for JSON of a schema.
    ///
    /// - Parameter name: what errors call it, such as its file.
    /// - Throws: ``GenerationError/unusableSchema(name:reason:)``.
    public mutating func require(schema text: String, named name: String) throws {
      guard let schema = try? ResponseSchema(name: "reply", parsing: text) else {
        throw GenerationError.unusableSchema(name: name, reason: "it is no JSON")
      }
      if let problem = schema.problem { throw GenerationError.unusableSchema(name: name, reason: problem) }
      self.schema = schema
    }
  }

  private let model: any LanguageModel
  private let settings: ModelSettings
  private let meter: ModelMeter

  /// Prepares the configured model; nothing is asked yet.
  ///
  /// - Throws: ``GenerationError/noModel``; `LanguageModelError` for settings that cannot be used.
  public init(_ configuration: Configuration) throws {
    let meter = ModelMeter(prices: configuration.modelPrices)
    let models = try configuration.libraryModels.map {
      try $0.makeModel(
        meter: meter, cache: nil, certificateAuthorityFile: configuration.http.certificateAuthorityFile)
    }
    guard let first = models.first else { throw GenerationError.noModel }
    model = models.count == 1 ? first : FailoverModel(first, Array(models.dropFirst()))
    settings = configuration.languageModel
    self.meter = meter
  }

  /// Asks.
  ///
  /// - Parameter telling: takes the text as it comes; what it was told is only good if this does not throw.
  /// - Throws: `LanguageModelError`; `CancellationError`.
  public func answer(
    _ request: Request, telling: (@Sendable (String) -> Void)? = nil
  ) async throws -> GeneratedText {
    let sampling = Sampling(
      temperature: request.temperature ?? settings.temperature,
      maximumTokens: request.maximumTokens ?? settings.maximumTokens)
    let reply = try await model.generate(
      GenerationRequest(messages: request.messages, sampling: sampling, schema: request.schema), telling: telling)
    let cost = meter.price(of: reply.model).flatMap { price in reply.usage.map(price.cost) }
    return GeneratedText(reply: reply, cost: cost)
  }
}

/// What a model wrote, with what it took.
public struct GeneratedText: Encodable, Sendable {
  let reply: GenerationReply
  /// What it cost by the price table.
  public let cost: Double?

  /// The text; of JSON just the JSON, whatever stood around it.
  public var text: String {
    guard let json = reply.json, let data = try? JSONEncoder.canonical.encode(json) else { return reply.text }
    return String(decoding: data, as: UTF8.self)
  }

  /// Writes the reply with its usage and timing.
  public func encode(to encoder: any Encoder) throws {
    try reply.encode(to: encoder)
    var container = encoder.container(keyedBy: Keys.self)
    try container.encodeIfPresent(cost, forKey: .cost)
    try container.encodeIfPresent(reply.tokensPerSecond, forKey: .tokensPerSecond)
  }

  private enum Keys: String, CodingKey {
    case cost
    case tokensPerSecond = "tokens_per_second"
  }
}
