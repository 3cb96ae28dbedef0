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
  /// The model gave no direction for a text: components that are not numbers.
  case notANumber(index: Int)

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .unknownModel(let name, let nearest, let known):
      "there is no embedding model named \(name)"
        + (nearest.map { "; did you mean \($0)?" } ?? "; known are \(known.joined(separator: ", ")).")
    case .notInstalled(let name, let missing):
      "the embedding model \(name) is not installed: there is no \(missing). Run `scripts/setup`, or put "
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
    case .notANumber(let index):
      "the embedding model gave no vector for text \(index + 1): its weights hold values that are not numbers. "
        + "Install the model again."
    }
  }
}
