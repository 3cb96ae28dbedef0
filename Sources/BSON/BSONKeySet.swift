/// The keys of a document that is being encoded: says that a key is new, or that it may have been there.
///
/// Keys that come twice are nearly always a mistake, so that for the few keys of most documents the answer is one of
/// fingerprints, which of two different keys are the same once in 65,536 times; for many it is a set.
struct BSONKeySet {
  /// More keys than this are kept one by one.
  private static let capacity = 24

  private var fingerprints = InlineArray<24, UInt16>(repeating: 0)
  private var count = 0
  private var all: Set<String>?

  /// Whether the next key is one of those that are kept one by one, by `insert(_:known:)`.
  @inline(__always)
  var isFull: Bool { count == BSONKeySet.capacity }

  /// Adds a key by its fingerprint, unless the set is full, and says whether it may have been there.
  @inline(__always)
  mutating func insert(_ fingerprint: UInt16) -> Bool {
    for index in 0..<count where fingerprints[index] == fingerprint {
      // It is there: the one that had it before is removed, or is another.
      return true
    }
    fingerprints[count] = fingerprint
    count += 1
    return false
  }

  /// Adds a key when the set is full and says whether it was there.
  ///
  /// - Parameter known: the keys so far, which are asked for once.
  mutating func insert(_ key: String, known: () -> [String]) -> Bool {
    var all = all ?? Set(known())
    self.all = nil
    let isNew = all.insert(key).inserted
    self.all = all
    return !isNew
  }

  /// A number of 16 bits that is the same for the same key.
  ///
  /// A rotation by five bits and an exclusive or for each byte, as short keys need no better; the multiplication by
  /// 2^64 divided by the golden ratio brings all bits to the top (Knuth, The Art of Computer Programming 3, 6.4).
  @inline(__always)
  static func fingerprint(of key: UnsafeRawBufferPointer) -> UInt16 {
    var bits: UInt64 = 0
    for byte in key { bits = (bits &<< 5 | bits &>> 59) ^ UInt64(byte) }
    return UInt16(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) &>> 48)
  }
}
