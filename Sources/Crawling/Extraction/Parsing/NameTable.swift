/// Values by name, looked up by the name's hash without building a string: open addressing with linear probing, at most
/// half full.
struct NameTable<Value: Sendable>: Sendable {
  private let hashes: [UInt64]
  private let values: [Value?]
  private let mask: Int

  init(_ entries: [(hash: NameHash, value: Value)]) {
    var capacity = 16
    while capacity < 2 * entries.count { capacity *= 2 }
    var hashes = [UInt64](repeating: 0, count: capacity)
    var values = [Value?](repeating: nil, count: capacity)
    for entry in entries {
      var slot = Int(truncatingIfNeeded: entry.hash.value) & (capacity - 1)
      while values[slot] != nil { slot = (slot + 1) & (capacity - 1) }
      hashes[slot] = entry.hash.value
      values[slot] = entry.value
    }
    self.hashes = hashes
    self.values = values
    mask = capacity - 1
  }

  /// The value of the name with this hash.
  subscript(hash: NameHash) -> Value? {
    var slot = Int(truncatingIfNeeded: hash.value) & mask
    while let value = values[slot] {
      if hashes[slot] == hash.value { return value }
      slot = (slot + 1) & mask
    }
    return nil
  }
}
