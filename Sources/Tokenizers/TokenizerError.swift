/// Why a tokenizer could not be made.
public enum TokenizerError: Error, CustomStringConvertible {
  /// The vocabulary cannot be read.
  case cannotRead(path: String, reason: String)
  /// The file is not a vocabulary that the tokenizer can use.
  case invalidVocabulary(path: String, reason: String)
  /// The file is no `tokenizer.json`, or its parts do not belong together.
  case invalidFile(path: String, reason: String)
  /// The file asks for something that the library does not do.
  case unsupported(path: String, what: String)

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .cannotRead(let path, let reason):
      "cannot read the vocabulary \(path): \(reason). Install the model again, or name another folder."
    case .invalidVocabulary(let path, let reason):
      "\(path) is not a WordPiece vocabulary: \(reason). It must be the model's own vocab.txt, one token a line."
    case .invalidFile(let path, let reason):
      "\(path) is not a tokenizer that can be used: \(reason). It must be the model's own tokenizer.json; install the "
        + "model again."
    case .unsupported(let path, let what):
      "the tokenizer \(path) needs \(what), which is not supported: WordPiece models without case and byte-level models "
        + "with the patterns of GPT-2, Llama 3 and Qwen 2 are."
    }
  }
}
