public import Domain
public import Tokenizers

/// Cuts cleaned documents into chunks that fit an embedding model.
///
/// Every chunk is an exact byte range of the cleaned text; every byte that is not white space lies in a chunk; no chunk
/// is longer than configured; equal documents give equal chunks. The text is tokenised once, and cut on the tokens'
/// offsets, in time linear in the text whatever it holds.
public struct Chunker: Sendable {
  /// Raised whenever the same text, configuration and tokenizer give other chunks than before.
  static let version = 3

  private let configuration: ChunkingConfiguration
  private let tokenizer: any Tokenizer

  /// Makes a chunker that counts in the tokens of `tokenizer`.
  public init(_ configuration: ChunkingConfiguration = ChunkingConfiguration(), tokenizer: any Tokenizer) {
    self.configuration = configuration
    self.tokenizer = tokenizer
  }

  /// Changes with the code and the configuration. The tokenizer is not in it: whoever keeps chunks adds its name.
  public var fingerprint: String {
    var parts = ["chunking", String(Self.version)]
    for category in DataCategory.allCases {
      for path in ["file.md", "file"] {
        let rule = configuration.rule(for: category, path: path)
        parts += [rule.strategy.rawValue, String(rule.size), String(rule.overlap), rule.unit.rawValue]
      }
    }
    return ContentHash(ofParts: parts).hexadecimal
  }

  /// The chunks of a document, in order.
  ///
  /// - Throws: ``PreprocessingError/invalidValue(key:value:expected:)`` for a configuration out of range.
  public func chunks(of document: CleanedDocument) throws -> [Chunk] {
    try configuration.validate()
    let rule = configuration.rule(for: document.category, path: document.path)
    let bytes = Array(document.text.utf8)
    let tokens = TokenCounter(document.text, bytes, tokenizer)
    let special = tokenizer.specialTokenCount
    let structure = TextStructure(of: bytes, rule.strategy, path: document.path)
    let cut =
      switch (rule.strategy, rule.unit) {
      case (.handbook, _): CutText(handbookPieces(document.text, bytes, document.category, tokenizer))
      case (_, .tokens): Preprocessing.cut(bytes, structure, rule, tokens, length: rule.size - special)
      case (_, .characters): Preprocessing.cut(bytes, structure, rule, CharacterCounter(bytes), length: rule.size)
      }
    let isCounted = rule.unit == .tokens && rule.strategy != .handbook
    var outline = Outline(bytes, structure, cut, path: document.path)
    var occurrences: [[UInt8]: Int] = [:]
    return cut.pieces.map { piece in
      let text = piece.text.map { Array($0.utf8) } ?? Array(bytes[piece.range])
      let occurrence = occurrences[text, default: 0]
      occurrences[text] = occurrence + 1
      return Chunk(
        of: document, text: String(decoding: text, as: UTF8.self), start: piece.range.lowerBound,
        end: piece.range.upperBound,
        tokens: (isCounted ? piece.length : tokens.exactCount(piece.range)) + special,
        headings: outline.headings(above: piece.fresh),
        chunking: rule.method, occurrence: occurrence)
    }
  }

  /// Where the chunks of a text stand, in order, as UTF-8 byte ranges; quicker than the chunks themselves, above all where
  /// sizes are counted in characters, since then nothing is tokenised.
  ///
  /// - Parameters:
  ///   - category: whose settings hold.
  ///   - path: a file's path inside its repository, which tells source from Markdown.
  /// - Throws: ``PreprocessingError/invalidValue(key:value:expected:)`` for a configuration out of range.
  public func ranges(
    of text: String, category: DataCategory = .articles, path: String? = nil
  ) throws -> [Range<Int>] {
    try configuration.validate()
    let rule = configuration.rule(for: category, path: path)
    let bytes = Array(text.utf8)
    let needsStructure = rule.strategy == .markdown || rule.strategy == .code
    let structure = needsStructure ? TextStructure(of: bytes, rule.strategy, path: path) : .markdown([])
    let cut =
      switch (rule.strategy, rule.unit) {
      case (.handbook, _): CutText(handbookPieces(text, bytes, category, tokenizer))
      case (_, .tokens):
        Preprocessing.cut(
          bytes, structure, rule, TokenCounter(text, bytes, tokenizer),
          length: rule.size - tokenizer.specialTokenCount)
      case (_, .characters): Preprocessing.cut(bytes, structure, rule, CharacterCounter(bytes), length: rule.size)
      }
    return cut.pieces.map(\.range)
  }
}
