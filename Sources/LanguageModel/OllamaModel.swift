public import HTTP

/// A model behind Ollama's own `/api/chat`, whose `num_ctx` can be set: its OpenAI-like address ignores it and cuts
/// long prompts silently.
public struct OllamaModel: LanguageModel {
  /// `ollama/` and the model's name.
  public let name: String
  private let model: String
  private let contextLength: Int
  private let endpoint: ModelEndpoint

  /// Makes a driver.
  ///
  /// - Parameters:
  ///   - endpoint: the server's address.
  ///   - contextLength: the tokens of prompt and reply together that the server makes room for.
  ///   - timeout: the most seconds for one reply, loading the model and retries included.
  public init(
    model: String, endpoint: String = "http://localhost:11434", contextLength: Int = 8192, timeout: Double = 600,
    client: HTTPClient
  ) {
    name = "ollama/\(model)"
    self.model = model
    self.contextLength = contextLength
    self.endpoint = ModelEndpoint(
      model: name, base: withoutTrailingSlash(endpoint), headers: [:], timeout: timeout, client: client)
  }

  /// Generates one reply.
  /// - Throws: ``LanguageModelError``; `CancellationError`.
  public func generate(_ request: GenerationRequest) async throws -> GenerationReply {
    let clock = ContinuousClock()
    let start = clock.now
    let answer = try await post(body(request))
    if let tokens = answer.prompt_eval_count, tokens >= contextLength {
      throw LanguageModelError.promptTooLong(model: name, tokens: tokens, context: contextLength)
    }
    guard answer.done != false else {
      throw LanguageModelError.notUnderstood(model: name, reason: "its answer is only a part of one")
    }
    if answer.done_reason == "length" {
      throw LanguageModelError.truncated(model: name, tokens: request.sampling.maximumTokens)
    }
    let text = answer.message.content
    return GenerationReply(
      text: text, json: try request.schema.map { try checkedJSON(text, $0, model: name) },
      usage: TokenUsage(prompt: answer.prompt_eval_count ?? 0, completion: answer.eval_count ?? 0),
      seconds: start.duration(to: clock.now).seconds)
  }

  private func post(_ body: JSONValue) async throws -> Answer {
    do {
      return try await endpoint.post("/api/chat", body, as: Answer.self)
    } catch LanguageModelError.unknownModel(let named, let address, _) {
      throw LanguageModelError.unknownModel(
        model: named, endpoint: address, advice: "Get it with `ollama pull \(model)`, or see `ollama list`.")
    }
  }

  private func body(_ request: GenerationRequest) -> JSONValue {
    var options: [String: JSONValue] = [
      "temperature": .number(request.sampling.temperature), "num_ctx": .number(Double(contextLength)),
      "num_predict": .number(Double(request.sampling.maximumTokens)),
    ]
    if let seed = request.sampling.seed { options["seed"] = .number(Double(seed)) }
    var body: [String: JSONValue] = [
      "model": .string(model), "messages": messages(request), "stream": false, "options": .object(options),
    ]
    if let schema = request.schema { body["format"] = schema.schema }
    return .object(body)
  }

  private struct Answer: Decodable {
    struct Message: Decodable {
      var content: String
    }
    var message: Message
    var done: Bool?
    var done_reason: String?
    var prompt_eval_count: Int?
    var eval_count: Int?
  }
}
