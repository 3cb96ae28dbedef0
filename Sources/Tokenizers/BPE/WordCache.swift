/// The tokens of the words of one text, most of which come again and again.
struct WordCache {
  /// Longer words seldom come again, and words after that many are not kept.
  private static let maximumLength = 32
  private static let maximumCount = 1 << 15

  private struct Entry {
    var hash: UInt64
    var bytes: Range<Int32>
    var tokens: Range<Int32>
  }

  private var slots: [Int32] = Array(repeating: -1, count: 1 << 12)
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  private(set) var tokens: [(id: Int32, end: Int)] = []

  /// Where the tokens of a word are; nil if it is not known.
  func tokens(of word: Span<UInt8>) -> Range<Int>? {
    guard word.count <= Self.maximumLength else { return nil }
    let hash = hash(word)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, entry.bytes.count == word.count, isEqual(word, Int(entry.bytes.lowerBound)) {
        return Int(entry.tokens.lowerBound)..<Int(entry.tokens.upperBound)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Keeps the tokens of a word that is not known.
  mutating func keep(_ new: [(id: Int32, end: Int)], of word: Span<UInt8>) {
    guard word.count <= Self.maximumLength, entries.count < Self.maximumCount else { return }
    if entries.count * 2 >= slots.count { grow() }
    let (firstByte, firstToken) = (Int32(bytes.count), Int32(tokens.count))
    for index in 0..<word.count { bytes.append(word[index]) }
    tokens += new
    entries.append(
      Entry(hash: hash(word), bytes: firstByte..<Int32(bytes.count), tokens: firstToken..<Int32(tokens.count)))
    insert(entries.count - 1)
  }

  private func isEqual(_ word: Span<UInt8>, _ start: Int) -> Bool {
    for index in 0..<word.count where word[index] != bytes[start + index] { return false }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for index in entries.indices { insert(index) }
  }

  private mutating func insert(_ index: Int) {
    var slot = Int(truncatingIfNeeded: entries[index].hash) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(index)
  }

  /// FNV-1a in 64 bits (RFC 9923), its high bits folded onto the low ones, which choose the slot.
  private func hash(_ word: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in 0..<word.count { hash = (hash ^ UInt64(word[index])) &* 0x0000_0100_0000_01B3 }
    return hash ^ hash >> 32
  }
}
