/// Why a model gave no usable reply.
public enum LanguageModelError: Error, Hashable, Codable, CustomStringConvertible {
  /// A configured value cannot be used; `key` is spelled as in the configuration file.
  case invalidValue(key: String, value: String, expected: String)
  /// The server could not be reached, or gave no answer in time. `isTransient` says whether it may later.
  case unreachable(model: String, endpoint: String, reason: String, isTransient: Bool)
  /// The server does not have the model.
  case unknownModel(model: String, endpoint: String, advice: String)
  /// The server refused the request with this status.
  case refused(model: String, status: Int, reason: String, advice: RetryAdvice)
  /// The server asked to slow down, and still did after the retries.
  case rateLimited(model: String, reason: String, advice: RetryAdvice)
  /// The answer began well and broke off, or ended in an error of the server's.
  case brokenOff(model: String, reason: String)
  /// What came back is not what such a server sends.
  case notUnderstood(model: String, reason: String)
  /// The reply was cut off at the most tokens allowed.
  case truncated(model: String, tokens: Int)
  /// The prompt filled the model's context, so that a part of it was dropped.
  case promptTooLong(model: String, tokens: Int, context: Int)
  /// The model declined to answer.
  case declined(model: String, reason: String)
  /// The reply is no JSON, or JSON that does not fit the schema.
  case invalidReply(model: String, reason: String, excerpt: String)
  /// The schema has something that this server's dialect cannot say.
  case unusableSchema(model: String, reason: String)
  /// The model failed too often in a row, and is left alone for so many seconds more.
  case leftAlone(model: String, seconds: Double, reason: String)
  /// None of the models that stand in for each other could answer.
  case allFailed(reasons: [String])
  /// A recording does not have the request.
  case notRecorded(file: String, request: String)
  /// A recording cannot be read or written.
  case unusableRecording(file: String, reason: String)
  /// A server of our own did not start or went away.
  case serverFailed(model: String, program: String, reason: String, output: String)

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .invalidValue(let key, let value, let expected): "`\(key)` must be \(expected), but is \(value)."
    case .unreachable(let model, let endpoint, let reason, _):
      "cannot ask \(model) at \(endpoint): \(reason). Start the server, or correct `language_model.endpoint`."
    case .unknownModel(let model, let endpoint, let advice):
      "the server at \(endpoint) does not have \(model). \(advice)"
    case .refused(let model, let status, let reason, _):
      "the server of \(model) refused the request with status \(status): \(reason). Check the model's name, the key "
        + "and the settings of `language_model`."
    case .rateLimited(let model, let reason, let advice):
      "the server of \(model) allows no more requests now: \(reason). Wait\(advice.wait), or lower the concurrency, and "
        + "run again."
    case .brokenOff(let model, let reason):
      "the answer of \(model) broke off: \(reason). Run again; if it stays so, look into the server's log."
    case .notUnderstood(let model, let reason):
      "cannot understand the server of \(model): \(reason). Check that `language_model.endpoint` and `provider` belong "
        + "together."
    case .truncated(let model, let tokens):
      "\(model) did not finish within \(tokens) tokens. Raise `language_model.max_tokens`, or ask for fewer pairs for "
        + "each extract (`dataset.pairs_per_extract`)."
    case .promptTooLong(let model, let tokens, let context):
      "the prompt of \(tokens) tokens does not fit into the context of \(context) tokens of \(model), and a part of it "
        + "was dropped. Raise `language_model.context`, or make the extracts shorter."
    case .declined(let model, let reason): "\(model) declined to answer: \(reason)"
    case .invalidReply(let model, let reason, let excerpt):
      "the reply of \(model) does not fit the schema: \(reason). It begins: \(excerpt)"
    case .unusableSchema(let model, let reason):
      "the schema cannot be sent to \(model): \(reason). Write it with what every server knows: `type`, `properties`, "
        + "`required`, `items`, `enum`, `additionalProperties: false`, `$ref` to `$defs` and `anyOf`."
    case .leftAlone(let model, let seconds, let reason):
      "\(model) failed too often and is left alone for \(Int(seconds.rounded(.up))) s: \(reason)"
    case .allFailed(let reasons):
      "none of the models of the fallback order could answer: " + reasons.joined(separator: " · ")
    case .notRecorded(let file, let request):
      "the recording \(file) has no reply to \(request). Record it anew with the model itself."
    case .unusableRecording(let file, let reason): "cannot use the recording \(file): \(reason)."
    case .serverFailed(let model, let program, let reason, let output):
      "\(program), which serves \(model), \(reason)."
        + (output.isEmpty ? " It said nothing." : " It said last: \(output)")
    }
  }
}

extension LanguageModelError {
  /// Whether asking the same again may help: the reply was bad, not the server or the request.
  public var isAboutReply: Bool {
    switch self {
    case .truncated, .declined, .invalidReply: true
    default: false
    }
  }

  /// Whether the model's server is at fault, or cannot be asked now, so that another model may do better.
  ///
  /// Not a request that any server would refuse (400, 413, 422 and other 4xx), and not a reply that was bad: those are the
  /// caller's to change or to ask for again.
  public var isAboutServer: Bool {
    switch self {
    case .unreachable, .unknownModel, .rateLimited, .brokenOff, .notUnderstood, .leftAlone, .serverFailed: true
    case .refused(_, let status, _, _): status >= 500 || [401, 402, 403, 408, 409].contains(status)
    default: false
    }
  }
}
