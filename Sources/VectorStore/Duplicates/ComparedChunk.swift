import Domain

/// A chunk as it is compared with others.
struct ComparedChunk {
  let chunk: Chunk
  /// Of unit length; empty where another comparison has told that the vectors are near.
  let vector: [Float]
  let place: DuplicateRule.Place
  let digest: String

  init(_ chunk: Chunk, vector: [Float] = []) {
    self.chunk = chunk
    self.vector = vector
    place = DuplicateRule.Place(chunk)
    digest = textDigest(of: chunk.text)
  }
}

/// The shingles of the texts that are compared together, each made once.
struct ShingledTexts {
  private var shingles: [String: Set<[String]>] = [:]

  /// Whether two chunks, whose vectors are near if their texts differ, say the same.
  mutating func areAlike(_ left: ComparedChunk, _ right: ComparedChunk) -> Bool {
    left.digest == right.digest || DuplicateRule.overlap(shingles(of: left), shingles(of: right))
  }

  private mutating func shingles(of compared: ComparedChunk) -> Set<[String]> {
    if let known = shingles[compared.digest] { return known }
    let made = DuplicateRule.shingles(of: compared.chunk.text)
    shingles[compared.digest] = made
    return made
  }
}
