/// Damaged variants of a corpus, the same in every run, for tests that a parser of hostile bytes neither crashes nor runs
/// away: what was almost right reaches deeper into a parser than what is random.
public struct Mutations: Sequence, IteratorProtocol {
  private let corpus: [[UInt8]]
  private let words: [[UInt8]]
  private var generator: SeededGenerator
  private var remaining: Int

  /// - Parameters:
  ///   - corpus: inputs that the parser takes; at least one.
  ///   - words: byte strings that mean something to it, such as tags and brackets, which are put in at random.
  ///   - count: how many variants are made.
  ///   - seed: another one gives other variants.
  public init(of corpus: [[UInt8]], words: [String] = [], count: Int, seed: UInt64) {
    self.corpus = corpus.isEmpty ? [[]] : corpus
    self.words = words.map { Array($0.utf8) }
    generator = SeededGenerator(seed: seed)
    remaining = count
  }

  /// The next variant: a member of the corpus after one to four changes.
  public mutating func next() -> [UInt8]? {
    guard remaining > 0 else { return nil }
    remaining -= 1
    var bytes = corpus[Int.random(in: 0..<corpus.count, using: &generator)]
    for _ in 0..<Int.random(in: 1...4, using: &generator) { change(&bytes) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = Int.random(in: 0...bytes.count, using: &generator)
    let part = randomPart(of: bytes)
    switch Int.random(in: 0..<9, using: &generator) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 1 where place < bytes.count: bytes[place] = interestingByte()
    case 2: bytes.insert(interestingByte(), at: place)
    case 3: bytes.removeSubrange(part)
    case 4: bytes.insert(contentsOf: Array(bytes[part]), at: place)
    case 5: bytes.removeSubrange(place...)
    case 6:
      // One part many times over: nesting, and whatever is quadratic.
      let times = Int.random(in: 2...40, using: &generator)
      bytes.insert(contentsOf: (0..<times).flatMap { _ in bytes[part].prefix(64) }, at: place)
    case 7:
      let other = corpus[Int.random(in: 0..<corpus.count, using: &generator)]
      bytes.replaceSubrange(part, with: other[randomPart(of: other)])
    default:
      guard !words.isEmpty else { return bytes.insert(0, at: place) }
      bytes.insert(contentsOf: words[Int.random(in: 0..<words.count, using: &generator)], at: place)
    }
  }

  private mutating func randomPart(of bytes: [UInt8]) -> Range<Int> {
    let start = Int.random(in: 0...bytes.count, using: &generator)
    return start..<Int.random(in: start...bytes.count, using: &generator)
  }

  /// Bytes at the edges of what parsers tell apart.
  private mutating func interestingByte() -> UInt8 {
    let bytes: [UInt8] = [
      0, 1, 9, 10, 13, 0x20, 0x22, 0x26, 0x3C, 0x3E, 0x5C, 0x7F, 0x80, 0xBF, 0xC0, 0xED, 0xF4, 0xFF,
    ]
    return bytes[Int.random(in: 0..<bytes.count, using: &generator)]
  }
}
