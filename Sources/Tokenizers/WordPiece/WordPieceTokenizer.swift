public import Foundation

/// The tokenizer of BERT models: words cut into the longest pieces that the vocabulary has.
///
/// Gives the numbers that Hugging Face's `tokenizers` gives for `bert-base-uncased` and `bert-base-cased`: see ``CharacterTable`` for the
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

  let vocabulary: WordPieceVocabulary
  private let keepsCase: Bool
  private let unknown: Int32
  private let frame: TokenFrame
  private let addedTokens: AddedTokens

  /// Reads the vocabulary: one token a line, `##` before the pieces that continue a word.
  ///
  /// - Parameter path: the model's `vocab.txt`.
  /// - Throws: ``TokenizerError`` when the file cannot be read or lacks `[UNK]`, `[CLS]` or `[SEP]`.
  public init(vocabularyAt path: String) throws {
    let lines = try vocabularyLines(path: path)
    let vocabulary = WordPieceVocabulary(lines.enumerated().map { ($1, Int32($0)) })
    func special(_ spelling: String) throws -> Int32 {
      if let id = vocabulary.specialToken(spelling) { return id }
      throw TokenizerError.invalidVocabulary(path: path, reason: "it has no line \(spelling)")
    }
    unknown = try special("[UNK]")
    frame = TokenFrame(before: [try special("[CLS]")], after: [try special("[SEP]")])
    var addedTokens = AddedTokens()
    for token in vocabulary.specialTokens { addedTokens.add(token.utf8, token.id) }
    (self.vocabulary, self.addedTokens, keepsCase) = (vocabulary, addedTokens, false)
  }

  /// Reads a model's `tokenizer.json`; its settings for truncation and padding are left to the callers.
  ///
  /// - Throws: ``TokenizerError``.
  public init(path: String) throws {
    try self.init(TokenizerFile(path: path))
  }

  init(_ file: TokenizerFile) throws {
    func unsupported(_ what: String) -> TokenizerError { .unsupported(path: file.path, what: what) }
    guard file.normalizer.count == 1, let normalizer = file.normalizer.first, normalizer.type == "BertNormalizer" else {
      throw unsupported("WordPiece without BERT's normalizer")
    }
    keepsCase = !(normalizer.lowercase ?? true)
    // Unless a file says otherwise, accents go with the case.
    guard (normalizer.strip_accents ?? !keepsCase) == !keepsCase else {
      throw unsupported("WordPiece that keeps \(keepsCase ? "case but not accents" : "accents but not case")")
    }
    guard normalizer.clean_text ?? true, normalizer.handle_chinese_chars ?? true else {
      throw unsupported("WordPiece that keeps control characters or words of ideographs")
    }
    guard file.preTokenizer.map(\.type) == ["BertPreTokenizer"] else {
      throw unsupported("WordPiece without BERT's pre-tokenizer")
    }
    guard (file.model.continuing_subword_prefix ?? "##") == "##" else { throw unsupported("pieces without `##`") }
    guard (file.model.max_input_chars_per_word ?? Self.maximumWordLength) == Self.maximumWordLength else {
      throw unsupported("words of other than \(Self.maximumWordLength) characters at most")
    }
    vocabulary = WordPieceVocabulary(file.vocabulary)
    let name = file.model.unk_token ?? "[UNK]"
    guard let unknown = file.vocabulary.first(where: { $0.token.elementsEqual(name.utf8) })?.id else {
      throw TokenizerError.invalidFile(path: file.path, reason: "its vocabulary has no \(name)")
    }
    self.unknown = unknown
    frame = try TokenFrame(file)
    addedTokens = try AddedTokens(file)
  }

  /// Reads the vocabulary of a file URL; see ``init(vocabularyAt:)-(String)``.
  public init(vocabularyAt url: URL) throws {
    try self.init(vocabularyAt: url.path)
  }

  /// The number of tokens: every ``Token/id`` is less.
  public var vocabularySize: Int { vocabulary.count }

  /// As a rule `[CLS]` before and `[SEP]` after each input.
  public var specialTokenCount: Int { frame.count }

  /// The tokens of `text` without those around it.
  public func tokens(of text: String) -> [Token] {
    let bytes = text.utf8Span.span
    var tokens: [Token] = []
    tokens.reserveCapacity(bytes.count / 4)
    var scanner = WordScanner(keepsCase: keepsCase)
    var position = 0
    while let match = addedTokens.firstMatch(in: bytes, from: position) {
      append(bytes.extracting(position..<match.range.lowerBound), at: position, &scanner, &tokens)
      tokens.append(Token(id: match.id, start: match.range.lowerBound, end: match.range.upperBound))
      position = match.range.upperBound
    }
    append(bytes.extracting(position...), at: position, &scanner, &tokens)
    return tokens
  }

  /// `text` as the model reads it, with the special tokens around it.
  ///
  /// - Parameter maximumLength: the most tokens to give, special tokens included; what is over is left out at the end.
  public func encode(_ text: String, maximumLength: Int?) -> Encoding {
    frame.encoding(of: tokens(of: text), maximumLength: maximumLength)
  }

  /// Adds the tokens of a text that stands at `offset` of the whole one.
  private func append(_ text: Span<UInt8>, at offset: Int, _ scanner: inout WordScanner, _ tokens: inout [Token]) {
    scanner.restart()
    while case .word = scanner.next(in: text) { appendPieces(of: scanner, in: text, at: offset, &tokens) }
  }

  private func appendPieces(of scanner: WordScanner, in text: Span<UInt8>, at offset: Int, _ tokens: inout [Token]) {
    let first = tokens.count
    let word = scanner.word.span
    var position = 0
    while position < word.count, !scanner.isTooLong {
      let root = position == 0 ? WordPieceVocabulary.wordRoot : WordPieceVocabulary.continuationRoot
      guard let piece = vocabulary.longestToken(in: word, from: position, root: root) else { break }
      let last = scanner.origins[piece.end - 1]
      tokens.append(
        Token(
          id: piece.id, start: offset + scanner.origins[position],
          end: offset + last + scalarLength(lead: text[last])))
      position = piece.end
    }
    if position < word.count || scanner.isTooLong {
      tokens.removeSubrange(first...)
      tokens.append(Token(id: unknown, start: offset + scanner.wordStart, end: offset + scanner.wordEnd))
    }
  }
}
