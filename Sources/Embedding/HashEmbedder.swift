public import Domain
public import Tokenizers

/// Vectors from the words themselves, without a model: for tests, first steps and machines without weights.
///
/// Each word and each pair of neighbouring words adds one or minus one to one of 384 components, both chosen by its
/// hash (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009). Texts that share words are
/// near; texts that say the same in other words are not: it knows nothing of meaning.
public struct HashEmbedder: Embedder {
  /// Its name in a configuration.
  public static let name = "hash"

  /// Names the scheme; there is no limit to the length of a text.
  public let model = EmbeddingModelInfo(
    name: name, digest: "words-and-pairs-1", dimension: 384, maximumTokens: Int(Int32.max))

  /// Words and punctuation marks.
  public var tokenizer: any Tokenizer { words }

  private let words = WordTokenizer()

  /// Makes the embedder.
  public init() {}

  /// The vectors of `texts`; a text without words has one too, the same for all such texts.
  ///
  /// - Throws: `CancellationError` when the task is cancelled.
  public func embed(_ texts: [String]) async throws -> [[Float]] {
    try texts.map { text in
      try Task.checkCancellation()
      return vector(of: text)
    }
  }

  private func vector(of text: String) -> [Float] {
    var vector = [Float](repeating: 0, count: model.dimension)
    var previous: UInt64 = 0
    for token in words.tokens(of: text) {
      let word = mixed(UInt64(token.id) + 1)
      add(word, to: &vector)
      if previous != 0 { add(mixed(previous &* 3 &+ word), to: &vector) }
      previous = word
    }
    if normalize(&vector) { return vector }
    // No words, or features that cancel each other out.
    vector[0] = 1
    return vector
  }

  private func add(_ feature: UInt64, to vector: inout [Float]) {
    vector[Int(feature % UInt64(vector.count))] += feature >> 63 == 0 ? 1 : -1
  }

  /// Spreads a number over 64 bits: the last steps of MurmurHash3, which is public domain.
  private func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
    value = (value ^ value >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return value ^ value >> 33
  }
}
