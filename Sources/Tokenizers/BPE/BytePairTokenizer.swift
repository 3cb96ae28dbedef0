/// The tokenizer of byte-level models such as GPT-2, Llama 3 and Qwen 2: words cut into bytes, which are joined by pairs.
///
/// Gives the numbers that Hugging Face's `tokenizers` gives for the same `tokenizer.json`. Offsets are the bytes of each
/// token, the space before a word included; a token may begin or end within a character.
public struct BytePairTokenizer: Tokenizer {
  private let vocabulary: BytePairVocabulary
  private let splitting: WordSplitting
  private let addedTokens: AddedTokens
  private let frame: TokenFrame
  private let composes: Bool
  private let unknown: Int32?
  private let fusesUnknown: Bool

  /// The number of tokens, added ones included: every ``Token/id`` is less.
  public let vocabularySize: Int

  /// Reads a model's `tokenizer.json`; its settings for truncation and padding are left to the callers.
  ///
  /// - Throws: ``TokenizerError``.
  public init(path: String) throws {
    try self.init(TokenizerFile(path: path))
  }

  init(_ file: TokenizerFile) throws {
    func unsupported(_ what: String) -> TokenizerError { .unsupported(path: file.path, what: what) }
    if file.model.byte_fallback == true { throw unsupported("byte fallback, as models of SentencePiece have it") }
    if file.model.dropout.map({ $0 > 0 }) == true { throw unsupported("dropout, which gives other tokens each time") }
    for (name, value) in [
      ("continuing_subword_prefix", file.model.continuing_subword_prefix),
      ("end_of_word_suffix", file.model.end_of_word_suffix),
    ] {
      if let value, !value.isEmpty { throw unsupported("a model with \(name)") }
    }
    for normalizer in file.normalizer where normalizer.type != "NFC" {
      throw unsupported("the normalizer \(normalizer.type)")
    }
    composes = !file.normalizer.isEmpty
    splitting = try WordSplitting(file)
    addedTokens = try AddedTokens(file)
    frame = try TokenFrame(file)
    vocabulary = try BytePairVocabulary(file)
    unknown = file.model.unk_token.flatMap { name in file.vocabulary.first { $0.token.elementsEqual(name.utf8) }?.id }
    fusesUnknown = file.model.fuse_unk ?? false
    let numbers = file.vocabulary.map(\.id) + file.addedTokens.map(\.id)
    vocabularySize = (numbers.max().map(Int.init) ?? -1) + 1
  }

  /// Those that the file's post-processor puts around a text.
  public var specialTokenCount: Int { frame.count }

  /// The tokens of `text`, without those around it.
  public func tokens(of text: String) -> [Token] {
    let bytes = text.utf8Span.span
    var work = Work()
    work.tokens.reserveCapacity(bytes.count / 3)
    var position = 0
    while let match = addedTokens.firstMatch(in: bytes, from: position) {
      append(bytes.extracting(position..<match.range.lowerBound), at: position, &work)
      work.tokens.append(Token(id: match.id, start: match.range.lowerBound, end: match.range.upperBound))
      position = match.range.upperBound
    }
    append(bytes.extracting(position...), at: position, &work)
    return work.tokens
  }

  /// `text` as the model reads it, with its special tokens.
  ///
  /// - Parameter maximumLength: the most tokens to give, special tokens included; what is over is left out at the end.
  public func encode(_ text: String, maximumLength: Int?) -> Encoding {
    frame.encoding(of: tokens(of: text), maximumLength: maximumLength)
  }

  /// What is needed for one text.
  private struct Work {
    var tokens: [Token] = []
    var joiner = PairJoiner()
    var cache = WordCache()
  }

  private func append(_ text: Span<UInt8>, at offset: Int, _ work: inout Work) {
    guard composes, let composed = ComposedText(text) else {
      return appendWords(of: text, at: offset, &work) { $0 }
    }
    appendWords(of: composed.bytes.span, at: 0, &work) { composed.origin(of: $0) + offset }
  }

  /// - Parameter origin: where a place stands in the whole text.
  private func appendWords(
    of text: Span<UInt8>, at offset: Int, _ work: inout Work, origin: (Int) -> Int
  ) {
    splitting.forEachWord(in: text, at: offset) { word, start in
      func append(_ tokens: some Sequence<(id: Int32, end: Int)>, _ result: inout [Token]) {
        var position = start
        for token in tokens {
          // A space that was put before the text stands nowhere.
          let (lower, upper) = (max(position, offset), max(start + token.end, offset))
          result.append(Token(id: token.id, start: origin(lower), end: origin(upper)))
          position = start + token.end
        }
      }
      if let known = work.cache.tokens(of: word) {
        append(work.cache.tokens[known], &work.tokens)
      } else if let id = vocabulary.token(of: word) {
        append([(id, word.count)], &work.tokens)
      } else {
        work.joiner.join(word, vocabulary, unknown: unknown, fusesUnknown: fusesUnknown)
        work.cache.keep(work.joiner.tokens, of: word)
        append(work.joiner.tokens, &work.tokens)
      }
    }
  }
}
