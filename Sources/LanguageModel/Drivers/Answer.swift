import HTTP

/// What a driver read of a server's answer, whole or piece by piece.
struct Answer {
  /// How it ended.
  enum End {
    /// As a reply should.
    case finished(FinishReason)
    /// At the most tokens allowed.
    case cutOff
    /// The model would not say it.
    case declined(String)
  }

  var text = ""
  var refusal = ""
  var end: End = .finished(.unknown)
  var usage: TokenUsage?
  var timing: ServerTiming?
  var limits: RateLimits?

  /// The reply, when the answer is one.
  ///
  /// - Parameters:
  ///   - request: whose schema the reply must fit.
  ///   - isStrict: whether the schema was sent by the rules of strict mode, by which optional members are null.
  /// - Throws: ``LanguageModelError`` for an answer that was cut off or refused, or does not fit the schema.
  func reply(
    to request: GenerationRequest, by model: String, seconds: Double, isStrict: Bool = false
  ) throws -> GenerationReply {
    var reply = GenerationReply(text: text, model: model, usage: usage, seconds: seconds, timing: timing)
    reply.limits = limits
    switch end {
    case .cutOff: throw LanguageModelError.truncated(model: model, tokens: request.sampling.maximumTokens)
    case .declined(let reason): throw LanguageModelError.declined(model: model, reason: excerpt(of: Array(reason.utf8)))
    case .finished(let reason): reply.finishReason = reason
    }
    if !refusal.isEmpty {
      throw LanguageModelError.declined(model: model, reason: excerpt(of: Array(refusal.utf8)))
    }
    if let schema = request.schema { try reply.readJSON(schema, isStrict: isStrict) }
    return reply
  }
}

extension GenerationReply {
  /// Reads the text as JSON that fits the schema.
  ///
  /// - Throws: ``LanguageModelError/invalidReply(model:reason:excerpt:)``.
  mutating func readJSON(_ schema: ResponseSchema, isStrict: Bool = false) throws {
    let excerpt = excerpt(of: Array(text.utf8.prefix(1000)))
    guard let found = JSONInText(text) else {
      throw LanguageModelError.invalidReply(model: model, reason: "it is no JSON", excerpt: excerpt)
    }
    let value = isStrict ? schema.relaxed(found.value) : found.value
    if let violation = schema.violation(by: value) {
      throw LanguageModelError.invalidReply(model: model, reason: violation, excerpt: excerpt)
    }
    json = value
    notes += found.notes
  }
}

/// Measures how long something takes, in seconds.
struct Stopwatch {
  private let start = ContinuousClock.now

  var seconds: Double { start.duration(to: .now) / .seconds(1) }
}

extension GenerationRequest {
  /// The fields of a body that ask for the schema, with a schema that cannot be asked for as an error of the model's.
  func fields(
    for model: String, _ make: (ResponseSchema) throws(SchemaProblem) -> [String: JSONValue]
  ) throws -> [String: JSONValue] {
    guard let schema else { return [:] }
    do throws(SchemaProblem) {
      return try make(schema)
    } catch {
      throw LanguageModelError.unusableSchema(model: model, reason: error.description)
    }
  }

  /// The messages as most dialects write them.
  var messageList: JSONValue {
    .array(messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] })
  }
}
