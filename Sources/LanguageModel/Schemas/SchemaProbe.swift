/// Finds out whether a model's server keeps to schemas, which many ignore with a status of success.
///
/// The schema's only legal reply is a word made up for the purpose, which the messages do not say: a reply with it can only
/// come of the schema.
public struct SchemaProbe: Sendable {
  private let word: String

  /// Makes a probe.
  ///
  /// - Parameter word: the word that only the schema says.
  public init(word: String = "w" + String(UInt32.random(in: 0x1000_0000...0xffff_ffff), radix: 16)) {
    self.word = word
  }

  /// Asks a model, at most three times.
  ///
  /// - Throws: ``LanguageModelError`` when the model cannot be asked at all (the server is down, the key is wrong);
  ///   `CancellationError`.
  public func enforcement(of model: any LanguageModel) async throws -> SchemaEnforcement {
    let failure: LanguageModelError
    do {
      _ = try await model.generate(request)
      return SchemaEnforcement(
        model: model.name, outcome: .enforced, evidence: "it replied with a word that only the schema says")
    } catch let error as LanguageModelError where error.mayBeOfSchema {
      failure = error
    }
    for _ in 0..<2 {
      do {
        _ = try await promptedReply(of: model, to: request)
        return SchemaEnforcement(
          model: model.name, outcome: .prompted,
          evidence: "asked for a schema: \(failure.brief). With the schema in the prompt the reply fits")
      } catch let error as LanguageModelError where error.mayBeOfSchema {
        continue
      }
    }
    return SchemaEnforcement(
      model: model.name, outcome: .broken,
      evidence: "asked for a schema: \(failure.brief). With the schema in the prompt the reply does not fit either")
  }

  private var request: GenerationRequest {
    let schema: JSONValue = [
      "type": "object", "additionalProperties": false, "required": ["word"],
      "properties": ["word": ["type": "string", "enum": [.string(word)]]],
    ]
    return GenerationRequest(
      messages: [Message(.user, "Name a word.")], sampling: Sampling(temperature: 0, maximumTokens: 64),
      schema: ResponseSchema(name: "canary", schema: schema))
  }
}

/// The reply to a request whose schema is put into the prompt.
func promptedReply(
  of model: any LanguageModel, to request: GenerationRequest, telling: TextListener? = nil
) async throws -> GenerationReply {
  let prompted: GenerationRequest
  do throws(SchemaProblem) {
    prompted = try request.prompted()
  } catch {
    throw LanguageModelError.unusableSchema(model: model.name, reason: error.description)
  }
  var reply = try await model.generate(prompted, telling: telling)
  if let schema = request.schema {
    try reply.readJSON(schema)
    reply.notes.append(.schemaInPrompt)
  }
  return reply
}

extension LanguageModelError {
  /// Whether it may come of asking for a schema: a bad reply, or a server that does not know the request's fields. Some
  /// answer that with 500.
  fileprivate var mayBeOfSchema: Bool {
    switch self {
    case .refused(_, let status, _, _): [400, 415, 422, 500, 501].contains(status)
    case .unusableSchema: true
    default: isAboutReply
    }
  }

  fileprivate var brief: String {
    switch self {
    case .refused(_, let status, let reason, _): "status \(status) (\(reason))"
    case .invalidReply(_, let reason, _): "a reply that does not fit (\(reason))"
    case .truncated: "a reply without an end"
    default: "no reply that fits"
    }
  }
}
