public import Foundation

/// The tokenizer of BERT models without case: words cut into the longest pieces that the vocabulary has.
///
/// Gives the numbers that Hugging Face's `tokenizers` gives for `bert-base-uncased`: see ``CharacterTable`` for the
/// normalisation, and Wu et al., "Google's Neural Machine Translation System" (2016), section 4.1 for the pieces. A word of
/// more than ``maximumWordLength`` characters, or one that cannot be cut, is `[UNK]`. Literal `[MASK]`, `[CLS]`, `[SEP]`,
/// `[UNK]` and `[PAD]` in a text are the special tokens.
///
/// Offsets lead back to the text as it was: a token begins at its first character and ends after its last one, whatever
/// was lower-cased, decomposed or stripped. Two tokens of one Hangul syllable share its bytes. An accent that is a
/// character of its own (U+0301) lies in the token only when the token goes on after it.
public struct WordPieceTokenizer: Tokenizer {
  /// Words of more characters are `[UNK]`, whatever the vocabulary; counted after decomposition.
  public static let maximumWordLength = 100

  private let vocabulary: WordPieceVocabulary
  private let unknown: Int32
  private let classification: Int32
  private let separator: Int32

  /// Reads the vocabulary: one token a line, `##` before the pieces that continue a word.
  ///
  /// - Parameter path: the model's `vocab.txt`.
  /// - Throws: ``TokenizerError`` when the file cannot be read or lacks `[UNK]`, `[CLS]` or `[SEP]`.
  public init(vocabularyAt path: String) throws {
    let vocabulary = try WordPieceVocabulary(path: path)
    func special(_ spelling: String) throws -> Int32 {
      if let id = vocabulary.specialToken(spelling) { return id }
      throw TokenizerError.invalidVocabulary(path: path, reason: "it has no line \(spelling)")
    }
    unknown = try special("[UNK]")
    classification = try special("[CLS]")
    separator = try special("[SEP]")
    self.vocabulary = vocabulary
  }

  /// Reads the vocabulary of a file URL; see ``init(vocabularyAt:)-(String)``.
  public init(vocabularyAt url: URL) throws {
    try self.init(vocabularyAt: url.path)
  }

  /// The number of tokens: every ``Token/id`` is less.
  public var vocabularySize: Int { vocabulary.count }

  /// `[CLS]` before and `[SEP]` after each input.
  public var specialTokenCount: Int { 2 }

  /// The tokens of `text` without `[CLS]` and `[SEP]`.
  public func tokens(of text: String) -> [Token] {
    let bytes = text.utf8Span.span
    var scanner = WordScanner(specialTokens: vocabulary.specialTokens)
    var tokens: [Token] = []
    tokens.reserveCapacity(bytes.count / 4)
    while true {
      switch scanner.next(in: bytes) {
      case .word: appendPieces(of: scanner, in: bytes, to: &tokens)
      case .special(let id): tokens.append(Token(id: id, start: scanner.wordStart, end: scanner.wordEnd))
      case .end: return tokens
      }
    }
  }

  /// `text` as the model reads it, between `[CLS]` and `[SEP]`.
  ///
  /// - Parameter maximumLength: the most tokens to give, special tokens included; what is over is left out at the end.
  public func encode(_ text: String, maximumLength: Int?) -> Encoding {
    let tokens = tokens(of: text)
    let kept = tokens.prefix(maximumLength.map { max(0, $0 - specialTokenCount) } ?? tokens.count)
    return Encoding(
      ids: [classification] + kept.map(\.id) + [separator],
      offsets: [0..<0] + kept.map { $0.start..<$0.end } + [0..<0],
      fullLength: tokens.count + specialTokenCount)
  }

  private func appendPieces(of scanner: WordScanner, in text: Span<UInt8>, to tokens: inout [Token]) {
    let first = tokens.count
    let word = scanner.word.span
    var position = 0
    while position < word.count, !scanner.isTooLong {
      let root = position == 0 ? WordPieceVocabulary.wordRoot : WordPieceVocabulary.continuationRoot
      guard let piece = vocabulary.longestToken(in: word, from: position, root: root) else { break }
      let last = scanner.origins[piece.end - 1]
      tokens.append(
        Token(id: piece.id, start: scanner.origins[position], end: last + scalarLength(lead: text[last])))
      position = piece.end
    }
    if position < word.count || scanner.isTooLong {
      tokens.removeSubrange(first...)
      tokens.append(Token(id: unknown, start: scanner.wordStart, end: scanner.wordEnd))
    }
  }

  /// How many bytes a character takes in UTF-8, by its first one.
  private func scalarLength(lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }
}
