public import HTTP

/// A model behind Ollama's own `/api/chat`, whose `num_ctx` can be set: its OpenAI-like address ignores it and cuts
/// long prompts silently.
public struct OllamaModel: StreamingLanguageModel {
  /// Counts the tokens of messages as the model does, its own marks aside.
  public typealias TokenCounter = @Sendable ([Message]) -> Int

  /// `ollama/` and the model's name.
  public let name: String
  private let model: String
  private let contextLength: Int
  private let keepAlive: String
  private let countTokens: TokenCounter?
  private let connection: ModelConnection

  /// Makes a driver.
  ///
  /// - Parameters:
  ///   - endpoint: the server's address.
  ///   - contextLength: the tokens of prompt and reply together that the server makes room for.
  ///   - keepAlive: how long the server keeps the model loaded after a request, such as `5m`.
  ///   - countTokens: the model's own tokenizer, if there is one here: a prompt of which the server read less was cut.
  ///   - timeout: the most seconds for one reply, loading the model included.
  public init(
    model: String, endpoint: String = "http://localhost:11434", contextLength: Int = 8192, keepAlive: String = "5m",
    countTokens: TokenCounter? = nil, timeout: Double = 600, client: HTTPClient
  ) {
    name = "ollama/\(model)"
    self.model = model
    self.contextLength = contextLength
    self.keepAlive = keepAlive
    self.countTokens = countTokens
    connection = ModelConnection(model: name, base: endpoint, timeout: timeout, client: client)
  }

  /// Generates one reply, and tells its text as it comes.
  /// - Throws: ``LanguageModelError``; `CancellationError`.
  public func generate(_ request: GenerationRequest, telling: TextListener?) async throws -> GenerationReply {
    let watch = Stopwatch()
    let body = try body(request, streams: telling != nil)
    var answer = Answer()
    var promptTokens: Int?
    do {
      if let telling {
        _ = try await connection.post("/api/chat", body, parser: LineParser()) { line in
          try take(try connection.value(line), into: &answer, &promptTokens, telling)
        }
      } else {
        let value = try await connection.post("/api/chat", body).answer
        guard try take(value, into: &answer, &promptTokens, nil) else {
          throw LanguageModelError.notUnderstood(model: name, reason: "its answer is only a part of one")
        }
      }
    } catch LanguageModelError.unknownModel(let named, let address, _) {
      throw LanguageModelError.unknownModel(
        model: named, endpoint: address, advice: "Get it with `ollama pull \(model)`, or see `ollama list`.")
    }
    try checkWhole(request, promptTokens)
    return try answer.reply(to: request, by: name, seconds: watch.seconds)
  }

  /// The name and the digest of the weights, as `ollama list` has it.
  public func digest() async throws -> String {
    let tagged = model.contains(":") ? model : model + ":latest"
    let models = try await connection.get(connection.base + "/api/tags")?["models"]?.array ?? []
    let entry = models.first { $0["name"]?.string == tagged || $0["model"]?.string == tagged }
    return entry?["digest"]?.string.map { "\(name)@\($0)" } ?? name
  }

  private func body(_ request: GenerationRequest, streams: Bool) throws -> JSONValue {
    var options: [String: JSONValue] = [
      "temperature": .number(request.sampling.temperature), "num_ctx": .number(Double(contextLength)),
      "num_predict": .number(Double(request.sampling.maximumTokens)),
    ]
    options["seed"] = request.sampling.seed.map { .number(Double($0)) }
    var body = try request.fields(for: name) { schema throws(SchemaProblem) in ["format": try schema.portable()] }
    body["model"] = .string(model)
    body["messages"] = request.messageList
    body["stream"] = .bool(streams)
    body["options"] = .object(options)
    body["keep_alive"] = .string(keepAlive)
    return .object(body)
  }

  /// Takes an object of the answer; true if it is the last.
  private func take(
    _ value: JSONValue, into answer: inout Answer, _ promptTokens: inout Int?, _ telling: TextListener?
  ) throws -> Bool {
    if let error = value["error"]?.string {
      throw LanguageModelError.brokenOff(model: name, reason: excerpt(of: Array(error.utf8)))
    }
    if let text = value["message"]?["content"]?.string {
      answer.text += text
      if !text.isEmpty { telling?(text) }
    } else if value["done"] == nil {
      throw LanguageModelError.notUnderstood(model: name, reason: "its answer has no message")
    }
    guard value["done"] == .bool(true) else { return false }
    let reason = value["done_reason"]?.string
    answer.end = reason == "length" ? .cutOff : .finished(FinishReason(server: reason ?? "stop"))
    promptTokens = value["prompt_eval_count"]?.integer
    if promptTokens != nil || value["eval_count"] != nil {
      answer.usage = TokenUsage(prompt: promptTokens ?? 0, completion: value["eval_count"]?.integer ?? 0)
    }
    // Nanoseconds.
    func seconds(_ key: String) -> Double? { value[key]?.number.map { $0 / 1e9 } }
    if value["eval_duration"] != nil {
      answer.timing = ServerTiming(
        loadSeconds: seconds("load_duration"), promptSeconds: seconds("prompt_eval_duration"),
        generationSeconds: seconds("eval_duration"))
    }
    return true
  }

  /// Fewer bytes stand for one token than this in any text that is worth reading.
  private static let mostBytesPerToken = 12
  /// About as many stand for one in a text that no tokenizer was made for.
  private static let fewestBytesPerToken = 3

  /// Finds out whether a part of the prompt was dropped, which the server does without a word: it fills the context, or
  /// leaves out the oldest messages whole.
  ///
  /// - Throws: ``LanguageModelError/promptTooLong(model:tokens:context:)``.
  private func checkWhole(_ request: GenerationRequest, _ promptTokens: Int?) throws {
    guard let read = promptTokens else { return }
    if read >= contextLength {
      throw LanguageModelError.promptTooLong(model: name, tokens: read, context: contextLength)
    }
    if let own = countTokens?(request.messages), read < own {
      throw LanguageModelError.promptTooLong(model: name, tokens: own, context: contextLength)
    }
    let bytes = request.messages.reduce(0) { $0 + $1.content.utf8.count }
    let mayExceed = bytes / Self.fewestBytesPerToken >= contextLength
    if mayExceed, read < bytes / Self.mostBytesPerToken {
      throw LanguageModelError.promptTooLong(
        model: name, tokens: bytes / Self.mostBytesPerToken, context: contextLength)
    }
  }
}
