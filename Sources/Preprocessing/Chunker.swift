public import Domain
public import Tokenizers

/// Cuts cleaned documents into chunks that fit an embedding model.
///
/// Every chunk is an exact byte range of the cleaned text; every byte that is not white space lies in a chunk; no chunk
/// has more tokens than configured; equal documents give equal chunks. The text is tokenised once, and cut on the
/// tokens' offsets, in time linear in the text whatever it holds.
public struct Chunker: Sendable {
  /// Raised whenever the same text, configuration and tokenizer give other chunks than before.
  static let version = 1

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
      let settings = configuration.settings(for: category)
      let isNamed = configuration.categories[category]?.strategy != nil
      parts += [settings.strategy.rawValue, String(isNamed), String(settings.size), String(settings.overlap)]
    }
    return ContentHash(ofParts: parts).hexadecimal
  }

  /// The chunks of a document, in order.
  ///
  /// - Throws: ``PreprocessingError/invalidValue(key:value:expected:)`` for a configuration out of range.
  public func chunks(of document: CleanedDocument) throws -> [Chunk] {
    try configuration.validate()
    let settings = configuration.settings(for: document.category)
    let strategy = configuration.strategy(for: document.category, path: document.path)
    let method = ChunkingMethod(strategy: strategy.rawValue, size: settings.size, overlap: settings.overlap)
    let isCode = strategy == .code
    let bytes = Array(document.text.utf8)
    let counter = TokenCounter(document.text, bytes, tokenizer)
    let limits = ChunkLimits(tokens: settings.size - tokenizer.specialTokenCount, overlap: settings.overlap)
    let blocks = isCode ? codeBlocks(of: bytes) : markdownBlocks(of: bytes)
    var packer = ChunkPacker(bytes, counter, limits)
    packer.add(blocks)
    var outline = Outline(bytes, isCode ? [] : blocks)
    var occurrences: [String: Int] = [:]
    return packer.finish().map { piece in
      let text = String(decoding: bytes[piece.range], as: UTF8.self)
      let occurrence = occurrences[text, default: 0]
      occurrences[text] = occurrence + 1
      return Chunk(
        of: document, text: text, start: piece.range.lowerBound, end: piece.range.upperBound,
        tokens: piece.tokens + tokenizer.specialTokenCount,
        headings: isCode ? [document.path].compactMap { $0 } : outline.headings(above: piece.fresh),
        chunking: method, occurrence: occurrence)
    }
  }
}
