public import HTTP

/// A model behind Cohere's `/v2/chat`.
public struct CohereModel: StreamingLanguageModel {
  /// `cohere/` and the model's name.
  public let name: String
  private let model: String
  private let connection: ModelConnection

  /// Makes a driver.
  ///
  /// - Parameters:
  ///   - endpoint: the address before `/v2/chat`.
  ///   - timeout: the most seconds for one reply.
  public init(
    model: String, endpoint: String = "https://api.cohere.com", apiKey: String?, timeout: Double = 600,
    client: HTTPClient
  ) {
    name = "cohere/\(model)"
    self.model = model
    var headers = HTTPHeaders()
    if let apiKey { headers["Authorization"] = "Bearer \(apiKey)" }
    connection = ModelConnection(model: name, base: endpoint, headers: headers, timeout: timeout, client: client)
  }

  /// Generates one reply, and tells its text as it comes.
  /// - Throws: ``LanguageModelError``; `CancellationError`.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    let watch = Stopwatch()
    let body = try body(request, streams: telling != nil)
    var answer = Answer()
    if let telling {
      answer.limits = try await connection.post("/v2/chat", body, parser: ServerSentEventParser()) { event in
        try take(try connection.value(event.data.utf8), into: &answer, telling)
      }
    } else {
      let (value, limits) = try await connection.post("/v2/chat", body)
      answer.limits = limits
      guard let content = value["message"]?["content"]?.array else {
        throw LanguageModelError.notUnderstood(model: name, reason: "its answer has no message")
      }
      answer.text = content.compactMap { $0["text"]?.string }.joined()
      answer.end = try end(value["finish_reason"]?.string)
      readUsage(value["usage"], into: &answer)
    }
    return try answer.reply(to: request, by: name, seconds: watch.seconds)
  }

  private func body(_ request: GenerationRequest, streams: Bool) throws -> JSONValue {
    var body = try request.fields(for: name) { schema throws(SchemaProblem) in
      [
        "response_format": [
          "type": "json_object", "json_schema": try schema.portable(describing: ResponseSchema.limits),
        ]
      ]
    }
    body["model"] = .string(model)
    body["messages"] = request.messageList
    body["max_tokens"] = .number(Double(request.sampling.maximumTokens))
    body["temperature"] = .number(request.sampling.temperature)
    body["seed"] = request.sampling.seed.map { .number(Double($0)) }
    body["stream"] = .bool(streams)
    return .object(body)
  }

  /// Takes one event; true at the last one.
  private func take(_ event: JSONValue, into answer: inout Answer, _ telling: TextListener) throws -> Bool {
    switch event["type"]?.string {
    case "content-delta":
      guard let text = event["delta"]?["message"]?["content"]?["text"]?.string else { break }
      answer.text += text
      telling(text)
    case "message-end":
      answer.end = try end(event["delta"]?["finish_reason"]?.string)
      readUsage(event["delta"]?["usage"], into: &answer)
      return true
    default: break
    }
    return false
  }

  private func end(_ reason: String?) throws -> Answer.End {
    switch reason {
    case "MAX_TOKENS": .cutOff
    case "ERROR_TOXIC": .declined("its server's filter stopped the reply")
    case "ERROR", "TIMEOUT":
      throw LanguageModelError.brokenOff(model: name, reason: "the server ended the reply with \(reason ?? "an error")")
    default: .finished(FinishReason(server: reason))
    }
  }

  private func readUsage(_ usage: JSONValue?, into answer: inout Answer) {
    guard let tokens = usage?["tokens"], let prompt = tokens["input_tokens"]?.integer else { return }
    answer.usage = TokenUsage(prompt: prompt, completion: tokens["output_tokens"]?.integer ?? 0)
  }
}
