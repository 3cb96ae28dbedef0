/// Why a tokenizer could not be made.
public enum TokenizerError: Error, CustomStringConvertible {
  /// The vocabulary cannot be read.
  case cannotRead(path: String, reason: String)
  /// The file is not a vocabulary that the tokenizer can use.
  case invalidVocabulary(path: String, reason: String)

  /// What was being done, to what, and what to do about it.
  public var description: String {
    switch self {
    case .cannotRead(let path, let reason):
      "cannot read the vocabulary \(path): \(reason). Install the model again, or name another folder."
    case .invalidVocabulary(let path, let reason):
      "\(path) is not a WordPiece vocabulary: \(reason). It must be the model's own vocab.txt, one token a line."
    }
  }
}
