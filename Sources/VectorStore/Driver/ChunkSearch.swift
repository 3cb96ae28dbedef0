import Domain

/// What a ranking is asked for.
struct ChunkSearch: Sendable {
  /// The active collections that are searched; never empty.
  var categories: [DataCategory]
  /// Which chunks count: only they are ranked.
  var filter: VectorFilter
  /// The most that is found.
  var limit: Int
  /// What a chunk must score, at least, to be found by a vector.
  var minimumScore = -Double.infinity
  /// Whether the vectors of what is found are wanted, too.
  var includesVectors = false
}

/// A chunk that a ranking found.
struct ScoredChunk: RankedHit {
  var chunk: Chunk
  /// The higher the better; to be compared within one ranking only.
  var score: Double
  /// The chunk's vector, of unit length, if it was asked for.
  var vector: [Float]?
  /// The chunk that says the same and stands for it; nil if it stands for itself.
  var duplicateOf: Identifier?

  var id: Identifier { chunk.id }
}
