/// Why a model gave no usable reply.
public enum LanguageModelError: Error, Equatable, CustomStringConvertible {
  /// A configured value cannot be used; `key` is spelled as in the configuration file.
  case invalidValue(key: String, value: String, expected: String)
  /// The server could not be reached, or the connection broke.
  case unreachable(model: String, endpoint: String, reason: String)
  /// The server does not have the model.
  case unknownModel(model: String, endpoint: String, advice: String)
  /// The server refused the request with this status.
  case refused(model: String, status: Int, reason: String)
  /// The server asked to slow down, and still did after the retries.
  case rateLimited(model: String, reason: String)
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

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .invalidValue(let key, let value, let expected): "`\(key)` must be \(expected), but is \(value)."
    case .unreachable(let model, let endpoint, let reason):
      "cannot ask \(model) at \(endpoint): \(reason). Start the server, or correct `language_model.endpoint`."
    case .unknownModel(let model, let endpoint, let advice):
      "the server at \(endpoint) does not have \(model). \(advice)"
    case .refused(let model, let status, let reason):
      "the server of \(model) refused the request with status \(status): \(reason). Check the model's name, the key "
        + "and the settings of `language_model`."
    case .rateLimited(let model, let reason):
      "the server of \(model) allows no more requests now: \(reason). Wait, or lower the concurrency, and run again."
    case .notUnderstood(let model, let reason):
      "cannot understand the server of \(model): \(reason). Check that `language_model.endpoint` and `provider` belong "
        + "together."
    case .truncated(let model, let tokens):
      "\(model) did not finish within \(tokens) tokens. Ask for fewer pairs for each extract "
        + "(`dataset.pairs_per_extract`)."
    case .promptTooLong(let model, let tokens, let context):
      "the prompt of \(tokens) tokens fills the context of \(context) tokens of \(model), and a part of it was "
        + "dropped. Raise `language_model.context`, or make the extracts shorter."
    case .declined(let model, let reason): "\(model) declined to answer: \(reason)"
    case .invalidReply(let model, let reason, let excerpt):
      "the reply of \(model) does not fit the schema: \(reason). It begins: \(excerpt)"
    }
  }

  /// Whether asking the same again may help: the reply was bad, not the server or the request.
  public var isAboutReply: Bool {
    switch self {
    case .truncated, .declined, .invalidReply: true
    default: false
    }
  }
}
