/// One binding of a key to a value, as the journal records it.
///
/// A record is twelve words of eight bytes, the most significant byte first: the key (4), the digest of the content (4),
/// the pack, the offset, the length, and a checksum of those.
struct CacheEntry: Sendable {
  let key: Digest256
  let value: Digest256
  var location: CacheLocation
  /// Whether this process looked it up or stored it. Not in the journal.
  var isUsed = false

  /// The words of a record.
  static let wordCount = 12
  /// The bytes of a record.
  static let byteCount = wordCount * 8

  init(key: Digest256, value: Digest256, location: CacheLocation) {
    self.key = key
    self.value = value
    self.location = location
  }

  /// The entry of a record, or nil if the record is torn, altered or of another format.
  ///
  /// - Parameter words: the words as they are in the file.
  init?(record words: Span<UInt64>, at start: Int) {
    func word(_ index: Int) -> UInt64 { UInt64(bigEndian: words[start + index]) }
    guard word(8) != 0, word(9) <= CacheLocation.maximum, word(10) <= CacheLocation.maximum else { return nil }
    var checksum = Self.seed
    for index in 0..<Self.wordCount - 1 { checksum = mixed(checksum, word(index)) }
    guard checksum == word(11) else { return nil }
    key = Digest256(word(0), word(1), word(2), word(3))
    value = Digest256(word(4), word(5), word(6), word(7))
    location = CacheLocation(pack: word(8), offset: Int(word(9)), length: Int(word(10)))
  }

  /// Appends the record, with the words as they go into the file.
  func appendRecord(to words: inout [UInt64]) {
    var checksum = Self.seed
    func append(_ word: UInt64) {
      checksum = mixed(checksum, word)
      words.append(word.bigEndian)
    }
    func append(_ digest: Digest256) {
      append(digest.first)
      append(digest.second)
      append(digest.third)
      append(digest.fourth)
    }
    append(key)
    append(value)
    append(location.pack)
    append(UInt64(location.offset))
    append(UInt64(location.length))
    words.append(checksum.bigEndian)
  }

  /// Where the checksum starts: the format's name and version, so that records of another format never fit. It is not
  /// zero, so that a record of zeros, as a crash may leave in a file that grew, is none.
  private static let seed: UInt64 = 0x6361_6368_652D_0001
}

/// One step of the checksum: bijective in either argument, so that a change within one word is always found; any other
/// is missed once in 2^64. The multiplier is 2^64 divided by the golden ratio, made odd (Knuth, TAOCP 3, 6.4).
private func mixed(_ checksum: UInt64, _ word: UInt64) -> UInt64 {
  let product = (checksum ^ word) &* 0x9E37_79B9_7F4A_7C15
  return product ^ product >> 32
}
