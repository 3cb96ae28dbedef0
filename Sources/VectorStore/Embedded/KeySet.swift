/// A set of chunks' keys: a bit for each, in the order of the blocks.
struct KeySet: Equatable, Sendable {
  /// 64 bits each.
  private(set) var words: [UInt64]

  private static let wordsPerBlock = VectorBlock.capacity / UInt64.bitWidth

  /// An empty one for keys up to those of the last block.
  init(lastBlock: Int64) {
    words = [UInt64](repeating: 0, count: (Int(lastBlock) + 1) * Self.wordsPerBlock)
  }

  /// Keys beyond the last block are passed over.
  mutating func insert(_ key: Int64) {
    let word = Int(key) / UInt64.bitWidth
    if words.indices.contains(word) { words[word] |= 1 << UInt64(key & 63) }
  }

  mutating func insert(block: Int64) {
    let start = Int(block) * Self.wordsPerBlock
    for word in start..<min(start + Self.wordsPerBlock, words.count) { words[word] = ~0 }
  }

  func contains(_ key: Int64) -> Bool {
    let word = Int(key) / UInt64.bitWidth
    return words.indices.contains(word) && words[word] & 1 << UInt64(key & 63) != 0
  }

  /// The bits of a block, from its first slot on.
  func words(ofBlock block: Int64) -> ArraySlice<UInt64> {
    let start = Int(block) * Self.wordsPerBlock
    return start < words.count ? words[start..<start + Self.wordsPerBlock] : []
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// In ascending order.
  var keys: [Int64] {
    var keys: [Int64] = []
    for (index, word) in words.enumerated() where word != 0 {
      var rest = word
      while rest != 0 {
        keys.append(Int64(index * UInt64.bitWidth + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return keys
  }

  mutating func formIntersection(_ other: KeySet) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  mutating func formUnion(_ other: KeySet) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  mutating func subtract(_ other: KeySet) {
    for index in words.indices { words[index] &= ~other.words[index] }
  }
}
