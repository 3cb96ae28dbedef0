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

  /// The vector of a chunk's terms, which stand in `termText` as ``keywordTermText(of:)`` gives them.
  init(ofChunk termText: [UInt8]) {
    var dimensions: [UInt32] = []
    var hash = Self.offsetBasis
    for byte in termText {
      if byte == KeywordScanner.separator {
        dimensions.append(hash)
        hash = Self.offsetBasis
      } else {
        Self.add(byte, to: &hash)
      }
    }
    dimensions.sort()
    let norm = Self.k1 * (1 - Self.b + Self.b * Float(dimensions.count) / Self.averageLength)
    indices = []
    values = []
    var start = 0
    while start < dimensions.count {
      let end = dimensions[start...].firstIndex { $0 != dimensions[start] } ?? dimensions.count
      let frequency = Float(end - start)
      indices.append(dimensions[start])
      values.append(frequency * (Self.k1 + 1) / (frequency + norm))
      start = end
    }
  }

  /// The vector of a query's terms.
  init(ofQuery terms: [String]) {
    indices = Set(terms.map(Self.dimension)).sorted()
    values = indices.map { _ in 1 }
  }

  private static let offsetBasis: UInt32 = 2_166_136_261

  private static func add(_ byte: UInt8, to hash: inout UInt32) {
    hash ^= UInt32(byte)
    hash &*= 16_777_619
  }

  private static func dimension(of term: String) -> UInt32 {
    var hash = offsetBasis
    for byte in term.utf8 { add(byte, to: &hash) }
    return hash
  }
}
