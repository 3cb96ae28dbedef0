public import HTTP

/// A model behind `/v1/chat/completions`: OpenAI, and the servers that speak as it does (vLLM, llama.cpp, LM Studio).
public struct OpenAICompatibleModel: LanguageModel {
  /// `openai/` and the model's name.
  public let name: String
  private let model: String
  private let endpoint: ModelEndpoint

  /// Makes a driver.
  ///
  /// - Parameters:
  ///   - endpoint: the address before `/chat/completions`, such as `https://api.openai.com/v1`.
  ///   - apiKey: sent as a bearer token; nil for servers that want none.
  ///   - timeout: the most seconds for one reply, retries included.
  public init(
    model: String, endpoint: String, apiKey: String? = nil, timeout: Double = 600, client: HTTPClient
  ) {
    name = "openai/\(model)"
    self.model = model
    var headers = HTTPHeaders()
    if let apiKey { headers["Authorization"] = "Bearer \(apiKey)" }
    self.endpoint = ModelEndpoint(
      model: name, base: withoutTrailingSlash(endpoint), headers: headers, timeout: timeout, client: client)
  }

  /// Generates one reply.
  /// - Throws: ``LanguageModelError``; `CancellationError`.
  public func generate(_ request: GenerationRequest) async throws -> GenerationReply {
    let clock = ContinuousClock()
    let start = clock.now
    let answer = try await endpoint.post("/chat/completions", body(request), as: Answer.self)
    guard let choice = answer.choices.first else {
      throw LanguageModelError.notUnderstood(model: name, reason: "its answer has no choices")
    }
    if let refusal = choice.message.refusal { throw LanguageModelError.declined(model: name, reason: refusal) }
    if choice.finish_reason == "length" {
      throw LanguageModelError.truncated(model: name, tokens: request.sampling.maximumTokens)
    }
    let text = choice.message.content ?? ""
    return GenerationReply(
      text: text, json: try request.schema.map { try checkedJSON(text, $0, model: name) },
      usage: answer.usage.map { TokenUsage(prompt: $0.prompt_tokens ?? 0, completion: $0.completion_tokens ?? 0) },
      seconds: start.duration(to: clock.now).seconds)
  }

  private func body(_ request: GenerationRequest) -> JSONValue {
    var body: [String: JSONValue] = [
      "model": .string(model), "messages": messages(request), "stream": false,
      "temperature": .number(request.sampling.temperature),
      "max_tokens": .number(Double(request.sampling.maximumTokens)),
    ]
    if let seed = request.sampling.seed { body["seed"] = .number(Double(seed)) }
    if let schema = request.schema {
      body["response_format"] = [
        "type": "json_schema",
        "json_schema": ["name": .string(schema.name), "strict": true, "schema": schema.schema],
      ]
    }
    return .object(body)
  }

  private struct Answer: Decodable {
    struct Choice: Decodable {
      struct Message: Decodable {
        var content: String?
        var refusal: String?
      }
      var message: Message
      var finish_reason: String?
    }
    struct Usage: Decodable {
      var prompt_tokens: Int?
      var completion_tokens: Int?
    }
    var choices: [Choice]
    var usage: Usage?
  }
}

/// The messages as both dialects write them.
func messages(_ request: GenerationRequest) -> JSONValue {
  .array(request.messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] })
}

/// An address to which a path can be added.
func withoutTrailingSlash(_ address: String) -> String {
  address.hasSuffix("/") ? withoutTrailingSlash(String(address.dropLast())) : address
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
