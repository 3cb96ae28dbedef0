/// Why texts could not be embedded or a model could not be loaded.
public enum EmbeddingError: Error, CustomStringConvertible {
  /// There is no model of that name.
  case unknownModel(name: String, nearest: String?, known: [String])
  /// The model's files are not installed.
  case notInstalled(name: String, missing: String)
  /// A file of the model cannot be read.
  case cannotRead(path: String, reason: String)
  /// A file of the model is damaged, cut off or something else.
  case invalidFile(path: String, reason: String)
  /// The model is of a kind that this encoder does not compute.
  case unsupported(path: String, reason: String)
  /// The processor lacks what a precision needs.
  case unsupportedPrecision(Precision, missing: String)
  /// A text has more tokens than the model reads.
  case tooLong(index: Int, tokens: Int, limit: Int)
  /// The server of a model could not be reached, or did not answer in time.
  case unreachable(model: String, endpoint: String, reason: String)
  /// The server of a model refused the request.
  case refused(model: String, status: Int, reason: String)
  /// The server of a model found a text too long.
  case refusedAsTooLong(index: Int, model: String, reason: String)
  /// What the server of a model answered is not what such a server answers.
  case notUnderstood(model: String, reason: String)
  /// The server's vectors have another number of components than the model.
  case wrongDimension(model: String, found: Int, expected: Int)
  /// The model gave no direction for a text: components that are not numbers.
  case notANumber(index: Int)

  /// Whether it is about the model or its server, and not perhaps about one text: any other text would meet it, too.
  public var isAboutModel: Bool {
    switch self {
    case .tooLong, .refusedAsTooLong, .notANumber: false
    default: true
    }
  }

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .unknownModel(let name, let nearest, let known):
      "there is no embedding model named \(name)"
        + (nearest.map { "; did you mean \($0)?" } ?? "; known are \(known.joined(separator: ", ")).")
    case .notInstalled(let name, let missing):
      "the embedding model \(name) is not installed: there is no \(missing). Run `twin model pull \(name)`, or put "
        + "model.safetensors, vocab.txt and config.json there (into TWIN_MODELS/\(name)/); "
        + "`embedding: {model: hash}` works without weights."
    case .cannotRead(let path, let reason):
      "cannot read the embedding model's file \(path): \(reason)."
    case .invalidFile(let path, let reason):
      "the embedding model's file \(path) is damaged: \(reason). Install the model again."
    case .unsupported(let path, let reason):
      "the embedding model of \(path) is not supported: \(reason). It must be a BERT encoder in 32-bit floats."
    case .unsupportedPrecision(let precision, let missing):
      "this processor cannot compute an embedding model in \(precision.rawValue): it has no \(missing). Set "
        + "`embedding: {precision: f32}`, which every processor has."
    case .tooLong(let index, let tokens, let limit):
      "text \(index + 1) of those to embed has \(tokens) tokens, but the model reads \(limit): make smaller chunks, or "
        + "choose what to do with what is over (over limit: truncate or windows)."
    case .unreachable(let model, let endpoint, let reason):
      "cannot ask \(model) at \(endpoint) for vectors: \(reason). Start the server, or correct `embedding.endpoint`."
    case .refused(let model, let status, let reason):
      "the server of \(model) refused to make vectors with status \(status): \(reason). Check `embedding.model`, the "
        + "key and `embedding.endpoint`."
    case .refusedAsTooLong(let index, let model, let reason):
      "text \(index + 1) of those to embed is too long for \(model): \(reason). Make smaller chunks, or choose what to "
        + "do with what is over (over limit: truncate or windows)."
    case .notUnderstood(let model, let reason):
      "cannot understand the server of \(model): \(reason). Check that `embedding.endpoint` and `embedding.provider` "
        + "belong together."
    case .wrongDimension(let model, let found, let expected):
      "the server of \(model) gave vectors of \(found) components, and not of \(expected): correct "
        + "`embedding.dimension`."
    case .notANumber(let index):
      "the embedding model gave no vector for text \(index + 1): its weights hold values that are not numbers. "
        + "Install the model again."
    }
  }
}
