/// Cuts text into words and punctuation marks, without a vocabulary.
///
/// Words are lower-cased and lose their accents as for ``WordPieceTokenizer``, so that `Café` and `cafe` are one token;
/// an ideograph is a word of its own. Numbers are the low 31 bits of the word's FNV-1a hash: stable over runs and
/// machines, with rare collisions.
public struct WordTokenizer: Tokenizer {
  /// Makes the tokenizer.
  public init() {}

  /// No special tokens surround the words.
  public var specialTokenCount: Int { 0 }

  /// The words and punctuation marks of `text` in order.
  ///
  /// A word of more than ``WordPieceTokenizer/maximumWordLength`` characters counts with its first ones.
  public func tokens(of text: String) -> [Token] {
    let bytes = text.utf8Span.span
    var scanner = WordScanner()
    var tokens: [Token] = []
    tokens.reserveCapacity(bytes.count / 5)
    while case .word = scanner.next(in: bytes) {
      tokens.append(Token(id: hash(scanner.word), start: scanner.wordStart, end: scanner.wordEnd))
    }
    return tokens
  }

  /// FNV-1a in 32 bits (RFC 9923), without the sign bit.
  private func hash(_ word: [UInt8]) -> Int32 {
    var hash: UInt32 = 0x811C_9DC5
    for byte in word { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return Int32(hash & 0x7FFF_FFFF)
  }
}
