/// The sparse vector by which Qdrant ranks words: BM25 without the inverse document frequency, which Qdrant multiplies in
/// (`"modifier": "idf"`).
///
/// A term's dimension is the 32-bit FNV-1a hash of its UTF-8 bytes (Fowler, Noll and Vo; offset basis 2166136261, prime
/// 16777619); terms with one hash share it. Its value in a chunk is Robertson's term frequency weight
/// tf · (k1 + 1) / (tf + k1 · (1 - b + b · length / average)), with k1 = 1.2 and b = 0.75 as in SQLite's FTS5 and an
/// average length of 256 terms, which is a constant because the true one changes with every document. In a query every
/// term counts 1.
struct KeywordVector: Encodable, Sendable, Equatable {
  private(set) var indices: [UInt32]
  private(set) var values: [Float]

  private static let k1: Float = 1.2
  private static let b: Float = 0.75
  private static let averageLength: Float = 256

  /// The vector of a chunk's terms.
  init(ofChunk terms: [String]) {
    var frequencies: [UInt32: Float] = [:]
    for term in terms { frequencies[Self.dimension(of: term), default: 0] += 1 }
    let norm = Self.k1 * (1 - Self.b + Self.b * Float(terms.count) / Self.averageLength)
    indices = frequencies.keys.sorted()
    values = indices.map { index in
      let frequency = frequencies[index, default: 0]
      return frequency * (Self.k1 + 1) / (frequency + norm)
    }
  }

  /// The vector of a query's terms.
  init(ofQuery terms: [String]) {
    indices = Set(terms.map(Self.dimension)).sorted()
    values = indices.map { _ in 1 }
  }

  private static func dimension(of term: String) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in term.utf8 {
      hash ^= UInt32(byte)
      hash &*= 16_777_619
    }
    return hash
  }
}
