/// The keys of a document that is being encoded: says that a key is new, or that it may have been there.
///
/// Keys that come twice are nearly always a mistake, so that the answer for the few keys of most documents is a Bloom
/// filter that fits a word; for many it is a set.
struct BSONKeySet {
  private var bits: UInt64 = 0
  private var count = 0
  private var all: Set<String> = []

  /// More keys than this are kept one by one.
  private static let capacity = 24

  /// Whether the next key is the first that is kept one by one, which needs those before it: `keep` them.
  var needsAll: Bool { count == BSONKeySet.capacity && all.isEmpty }

  /// Keeps the keys that were added so far.
  mutating func keep(_ keys: [String]) {
    all = Set(keys)
  }

  /// Adds a key and says whether it may have been there.
  @inline(__always)
  mutating func insert(_ key: String) -> Bool {
    count += 1
    if count > BSONKeySet.capacity { return !all.insert(key).inserted }
    // FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/); its upper bits choose the filter's.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let bit = UInt64(1) << (hash >> 58)
    defer { bits |= bit }
    return bits & bit != 0
  }
}
