/// The tokens of a byte-level model by their bytes, and which pairs of them are joined first.
///
/// Files write the 256 bytes as 256 printable characters (Radford et al., "Language Models are Unsupervised Multitask
/// Learners", 2019, section 2.2, and GPT-2's `bytes_to_unicode`); here they are bytes again.
struct BytePairVocabulary: Sendable {
  /// What becomes of two neighbours.
  struct Merge {
    /// The place among all merges: the least is done first.
    var rank: Int32
    /// The token that they become.
    var id: Int32
  }

  /// The token of each byte; -1 for one that the model cannot write.
  let byteTokens: [Int32]
  /// Every token by its bytes; empty unless whole words are looked up.
  private let words: [[UInt8]: Int32]
  /// Open addressing: the pair, and its rank above its token. No pair is `UInt64.max`, numbers being positive.
  private var pairs: [UInt64]
  private var results: [UInt64]

  /// - Throws: ``TokenizerError/invalidFile(path:reason:)`` for tokens that are no bytes, and merges of unknown tokens.
  init(_ file: TokenizerFile) throws {
    let alphabet = ByteAlphabet()
    var ids: [[UInt8]: Int32] = [:]
    ids.reserveCapacity(file.vocabulary.count)
    for (token, id) in file.vocabulary {
      // A special token need not be of the alphabet.
      if let bytes = alphabet.bytes(of: token) { ids[bytes] = id }
    }
    byteTokens = (0...255).map { ids[[UInt8($0)]] ?? -1 }
    words = file.model.ignore_merges == true ? ids : [:]
    var capacity = 64
    while capacity < file.merges.count * 2 { capacity *= 2 }
    pairs = Array(repeating: .max, count: capacity)
    results = Array(repeating: 0, count: capacity)
    for (rank, merge) in file.merges.enumerated() {
      guard let left = alphabet.bytes(of: merge.left), let right = alphabet.bytes(of: merge.right),
        let leftID = ids[left], let rightID = ids[right], let id = ids[left + right], let rank = Int32(exactly: rank)
      else {
        let text = String(decoding: merge.left + [0x20] + merge.right, as: UTF8.self)
        throw TokenizerError.invalidFile(
          path: file.path, reason: "its merge \(rank + 1), `\(text)`, has no such tokens")
      }
      insert(Self.key(leftID, rightID), Merge(rank: rank, id: id))
    }
  }

  /// The token that a whole word is, if the model looks words up before it joins pairs.
  func token(of word: Span<UInt8>) -> Int32? {
    words.isEmpty ? nil : words[(0..<word.count).map { word[$0] }]
  }

  /// What two neighbours become; nil if they stay two.
  func merge(_ left: Int32, _ right: Int32) -> Merge? {
    let key = Self.key(left, right)
    var slot = slot(of: key)
    while pairs[slot] != .max {
      if pairs[slot] == key {
        let result = results[slot]
        return Merge(rank: Int32(truncatingIfNeeded: result >> 32), id: Int32(truncatingIfNeeded: result))
      }
      slot = (slot + 1) & (pairs.count - 1)
    }
    return nil
  }

  private mutating func insert(_ key: UInt64, _ merge: Merge) {
    var slot = slot(of: key)
    while pairs[slot] != .max {
      // Of two merges of one pair the last one counts.
      if pairs[slot] == key { break }
      slot = (slot + 1) & (pairs.count - 1)
    }
    pairs[slot] = key
    results[slot] = UInt64(merge.rank) << 32 | UInt64(merge.id)
  }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  /// Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4).
  private func slot(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: key &* 0x9E37_79B9_7F4A_7C15 >> 32) & (pairs.count - 1)
  }
}
