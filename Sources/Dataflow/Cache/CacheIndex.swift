/// All entries of a cache in memory, found by key and by content: about 120 bytes each.
///
/// Both tables go by the first word of a digest. Should two of a million digests share it (a chance of 1 in 37 million),
/// the later one hides the earlier, which then is a miss: what is found is compared as a whole.
struct CacheIndex: Sendable {
  /// Everything that was inserted, the newest last; what a later entry of its key hides stays until the next rewrite.
  private var entries: [CacheEntry]
  private var byKey: [UInt64: Int32] = [:]
  private var byContent: [UInt64: Int32] = [:]

  /// The entries of a journal, oldest first.
  init(_ entries: [CacheEntry] = []) {
    self.entries = entries
    byKey.reserveCapacity(entries.count)
    byContent.reserveCapacity(entries.count)
    for number in entries.indices { register(number) }
  }

  /// How many keys are found.
  var count: Int { byKey.count }

  /// The entry of each key.
  var live: [CacheEntry] { byKey.values.sorted().map { entries[Int($0)] } }

  /// The newest entry of a key.
  subscript(key: Digest256) -> CacheEntry? {
    guard let number = byKey[key.first], entries[Int(number)].key == key else { return nil }
    return entries[Int(number)]
  }

  /// Where the bytes of a content are, if a pack holds them.
  func location(of content: Digest256) -> CacheLocation? {
    guard let number = byContent[content.first], entries[Int(number)].value == content else { return nil }
    return entries[Int(number)].location
  }

  mutating func insert(_ entry: CacheEntry) {
    entries.append(entry)
    register(entries.count - 1)
  }

  /// Notes where the bytes of a key's buffered value went.
  mutating func settle(_ entry: CacheEntry) {
    guard let number = byKey[entry.key.first].map(Int.init), entries[number].key == entry.key,
      entries[number].value == entry.value
    else { return insert(entry) }
    entries[number].location = entry.location
    register(number)
  }

  mutating func markUsed(key: Digest256) {
    guard let number = byKey[key.first], entries[Int(number)].key == key else { return }
    entries[Int(number)].isUsed = true
  }

  mutating func remove(key: Digest256) {
    if self[key] != nil { byKey[key.first] = nil }
  }

  mutating func remove(content: Digest256) {
    if location(of: content) != nil { byContent[content.first] = nil }
  }

  private mutating func register(_ number: Int) {
    let entry = entries[number]
    byKey[entry.key.first] = Int32(number)
    if !entry.location.isBuffered { byContent[entry.value.first] = Int32(number) }
  }
}
