public import HTTP

/// A model behind `/v1/chat/completions`: OpenAI, and the servers that speak as it does (vLLM, llama.cpp, Text Generation
/// Inference, `transformers serve`, LM Studio, Hugging Face's router).
public struct OpenAICompatibleModel: StreamingLanguageModel {
  /// The provider and the model's name, such as `openai/gpt-4o-mini`.
  public let name: String
  private let model: String
  private let dialect: SchemaDialect
  private let connection: ModelConnection

  /// Makes a driver.
  ///
  /// - Parameters:
  ///   - endpoint: the address before `/chat/completions`, such as `https://api.openai.com/v1`.
  ///   - provider: the first part of the name.
  ///   - dialect: how the server is asked for JSON.
  ///   - apiKey: sent as a bearer token; nil for servers that want none.
  ///   - timeout: the most seconds for one reply.
  public init(
    model: String, endpoint: String, provider: String = "openai", dialect: SchemaDialect = .openai,
    apiKey: String? = nil, timeout: Double = 600, client: HTTPClient
  ) {
    name = "\(provider)/\(model)"
    self.model = model
    self.dialect = dialect
    var headers = HTTPHeaders()
    if let apiKey { headers["Authorization"] = "Bearer \(apiKey)" }
    connection = ModelConnection(model: name, base: endpoint, headers: headers, timeout: timeout, client: client)
  }

  /// Generates one reply, and tells its text as it comes.
  /// - Throws: ``LanguageModelError``; `CancellationError`.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    let watch = Stopwatch()
    let asked = try request.asked(in: dialect, of: name)
    var answer = Answer()
    if let telling {
      let body = try body(asked, streams: true)
      answer.limits = try await connection.post("/chat/completions", body, parser: ServerSentEventParser()) { event in
        try take(event, into: &answer, telling)
      }
    } else {
      let (value, limits) = try await connection.post("/chat/completions", body(asked, streams: false))
      answer.limits = limits
      try take(value, into: &answer)
    }
    var reply = try answer.reply(
      to: request, by: name, seconds: watch.seconds, isStrict: dialect == .openai && asked.schema != nil)
    if asked.schema != request.schema { reply.notes.append(.schemaInPrompt) }
    return reply
  }

  /// A hash of what the server says about the weights: llama.cpp's measures, vLLM's folder, TGI's commit. The name for a
  /// server that says nothing.
  public func digest() async throws -> String {
    if dialect == .tgi,
      let sha = try await connection.get(connection.base(without: "/v1") + "/info")?["model_sha"]?.string
    {
      return "\(name)@\(sha)"
    }
    let list = try await connection.get(connection.base + "/models")?["data"]?.array ?? []
    // Not `created`: for some servers it is when they were started.
    guard let entry = list.first(where: { $0["id"]?.string == model }) ?? (list.count == 1 ? list.first : nil),
      let told = entry["meta"] ?? entry["root"], told != .null
    else { return name }
    return "\(name)@\(told.fingerprint)"
  }

  private func body(_ request: GenerationRequest, streams: Bool) throws -> JSONValue {
    // OpenAI's newer models refuse the old name, and other servers do not know the new one.
    let limit = connection.base.hasPrefix("https://api.openai.com/") ? "max_completion_tokens" : "max_tokens"
    var body = try request.fields(for: name, dialect.fields)
    body["model"] = .string(model)
    body["messages"] = request.messageList
    body["temperature"] = .number(request.sampling.temperature)
    body[limit] = .number(Double(request.sampling.maximumTokens))
    body["seed"] = request.sampling.seed.map { .number(Double($0)) }
    body["stream"] = .bool(streams)
    if streams { body["stream_options"] = ["include_usage": true] }
    return .object(body)
  }

  /// Takes one event; true at the last one.
  private func take(_ event: ServerSentEvent, into answer: inout Answer, _ telling: TextListener) throws -> Bool {
    if event.data == "[DONE]" { return true }
    let value = try connection.value(event.data.utf8)
    if value["error"] != nil {
      throw LanguageModelError.brokenOff(model: name, reason: serverReason(Array(event.data.utf8)))
    }
    readMeasures(value, into: &answer)
    guard let choice = value["choices"]?.array?.first else { return false }
    if let text = choice["delta"]?["content"]?.string, !text.isEmpty {
      answer.text += text
      telling(text)
    }
    answer.refusal += choice["delta"]?["refusal"]?.string ?? ""
    if let reason = choice["finish_reason"]?.string { answer.end = end(reason) }
    return false
  }

  private func take(_ value: JSONValue, into answer: inout Answer) throws {
    guard let choice = value["choices"]?.array?.first, let message = choice["message"] else {
      throw LanguageModelError.notUnderstood(model: name, reason: "its answer has no choices")
    }
    answer.text = message["content"]?.string ?? ""
    answer.refusal = message["refusal"]?.string ?? ""
    answer.end = end(choice["finish_reason"]?.string)
    readMeasures(value, into: &answer)
  }

  private func end(_ reason: String?) -> Answer.End {
    switch reason {
    case "length": .cutOff
    case "content_filter": .declined("its server's filter stopped the reply")
    default: .finished(FinishReason(server: reason))
    }
  }

  private func readMeasures(_ value: JSONValue, into answer: inout Answer) {
    if let usage = value["usage"], let prompt = usage["prompt_tokens"]?.integer {
      answer.usage = TokenUsage(prompt: prompt, completion: usage["completion_tokens"]?.integer ?? 0)
    }
    // llama.cpp's server alone.
    if let timings = value["timings"], let prompt = timings["prompt_ms"]?.number {
      answer.timing = ServerTiming(
        promptSeconds: prompt / 1000, generationSeconds: timings["predicted_ms"]?.number.map { $0 / 1000 })
    }
  }
}

extension GenerationRequest {
  /// The request as a dialect has it: one that cannot say schemas gets it in the prompt.
  fileprivate func asked(in dialect: SchemaDialect, of model: String) throws -> GenerationRequest {
    guard dialect == .none, schema != nil else { return self }
    do throws(SchemaProblem) {
      return try prompted()
    } catch {
      throw LanguageModelError.unusableSchema(model: model, reason: error.description)
    }
  }
}
