public import HTTP

/// A model behind Anthropic's `/v1/messages`.
public struct AnthropicModel: StreamingLanguageModel {
  /// The version of the protocol that is spoken.
  private static let version = "2023-06-01"

  /// `anthropic/` and the model's name.
  public let name: String
  private let model: String
  private let connection: ModelConnection

  /// Makes a driver.
  ///
  /// - Parameters:
  ///   - endpoint: the address before `/v1/messages`.
  ///   - timeout: the most seconds for one reply.
  public init(
    model: String, endpoint: String = "https://api.anthropic.com", apiKey: String?, timeout: Double = 600,
    client: HTTPClient
  ) {
    name = "anthropic/\(model)"
    self.model = model
    var headers: HTTPHeaders = ["anthropic-version": Self.version]
    if let apiKey { headers["x-api-key"] = apiKey }
    connection = ModelConnection(model: name, base: endpoint, headers: headers, timeout: timeout, client: client)
  }

  /// Generates one reply, and tells its text as it comes.
  /// - Throws: ``LanguageModelError``; `CancellationError`.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    let watch = Stopwatch()
    let body = try body(request, streams: telling != nil)
    var answer = Answer()
    if let telling {
      answer.limits = try await connection.post("/v1/messages", body, parser: ServerSentEventParser()) { event in
        try take(try connection.value(event.data.utf8), into: &answer, telling)
      }
    } else {
      let (value, limits) = try await connection.post("/v1/messages", body)
      answer.limits = limits
      guard let content = value["content"]?.array else {
        throw LanguageModelError.notUnderstood(model: name, reason: "its answer has no content")
      }
      answer.text = content.filter { $0["type"] == "text" }.compactMap { $0["text"]?.string }.joined()
      answer.end = end(value["stop_reason"]?.string)
      readUsage(value["usage"], into: &answer)
    }
    return try answer.reply(to: request, by: name, seconds: watch.seconds)
  }

  private func body(_ request: GenerationRequest, streams: Bool) throws -> JSONValue {
    // Limits are not part of the schemas that Anthropic's servers take; its own clients write them into descriptions.
    var body = try request.fields(for: name) { schema throws(SchemaProblem) in
      let sent = try schema.portable(describing: ResponseSchema.limits.union(["default", "examples"]))
      return ["output_config": ["format": ["type": "json_schema", "schema": sent]]]
    }
    let system = request.messages.filter { $0.role == .system }.map(\.content).joined(separator: "\n\n")
    if !system.isEmpty { body["system"] = .string(system) }
    let rest = GenerationRequest(messages: request.messages.filter { $0.role != .system })
    body["model"] = .string(model)
    body["messages"] = rest.messageList
    body["max_tokens"] = .number(Double(request.sampling.maximumTokens))
    // Its range ends at 1.
    body["temperature"] = .number(min(1, request.sampling.temperature))
    body["stream"] = .bool(streams)
    return .object(body)
  }

  /// Takes one event; true at the last one.
  private func take(_ event: JSONValue, into answer: inout Answer, _ telling: TextListener) throws -> Bool {
    switch event["type"]?.string {
    case "message_start": readUsage(event["message"]?["usage"], into: &answer)
    case "content_block_delta":
      guard event["delta"]?["type"] == "text_delta", let text = event["delta"]?["text"]?.string else { break }
      answer.text += text
      telling(text)
    case "message_delta":
      answer.end = end(event["delta"]?["stop_reason"]?.string)
      readUsage(event["usage"], into: &answer)
    case "message_stop": return true
    case "error": throw failure(event["error"])
    default: break  // `ping`, and what is to come.
    }
    return false
  }

  /// An error that comes after a status of success is what the status would have been.
  private func failure(_ error: JSONValue?) -> LanguageModelError {
    let reason = excerpt(of: Array((error?["message"]?.string ?? "it gave no reason").utf8))
    switch error?["type"]?.string {
    case "rate_limit_error": return .rateLimited(model: name, reason: reason, advice: RetryAdvice())
    case "overloaded_error": return .refused(model: name, status: 529, reason: reason, advice: RetryAdvice())
    case "invalid_request_error": return .refused(model: name, status: 400, reason: reason, advice: RetryAdvice())
    default: return .brokenOff(model: name, reason: reason)
    }
  }

  private func end(_ reason: String?) -> Answer.End {
    switch reason {
    case "max_tokens", "model_context_window_exceeded": .cutOff
    case "refusal": .declined("its safety rules stopped the reply")
    default: .finished(FinishReason(server: reason))
    }
  }

  /// What was read from or written to the prompt's cache is read all the same.
  private func readUsage(_ usage: JSONValue?, into answer: inout Answer) {
    guard let usage else { return }
    let kinds = ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"]
    let prompt = kinds.compactMap { usage[$0]?.integer }.reduce(0, +)
    let before = answer.usage ?? TokenUsage(prompt: 0, completion: 0)
    // Counts in a stream add up already: the last one counts.
    answer.usage = TokenUsage(
      prompt: max(prompt, before.prompt), completion: usage["output_tokens"]?.integer ?? before.completion)
  }
}
