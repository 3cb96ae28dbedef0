import Foundation

/// What an open cache holds in memory.
struct CacheState {
  /// A value that no pack holds for sure yet.
  struct Pending {
    let key: Digest256
    let value: Digest256
    let data: Data
  }

  /// Where a content can be had.
  enum Source {
    case memory(Data)
    /// A place in a pack, and the pack if it is open.
    case pack(CacheLocation, OpenFile?)
  }

  private(set) var index: CacheIndex
  /// What is to be committed, the oldest first.
  private(set) var pending: [Pending] = []
  private(set) var pendingBytes = 0
  private(set) var oldestPending: ContinuousClock.Instant?
  private var buffered: [Digest256: Data] = [:]
  private var openPacks: [UInt64: OpenFile] = [:]
  /// The packs used since the cache was opened, and those of them whose files do not show it yet.
  private var usedPacks: Set<UInt64> = []
  private var unmarkedPacks: [UInt64] = []

  /// How many packs are kept open at most.
  private static let maximumOpenPacks = 64

  init(_ index: CacheIndex) {
    self.index = index
  }

  // MARK: Reading

  /// Finds a key, which is to use it: a run of which everything is cached may never read what it finds.
  mutating func lookup(_ key: Digest256) -> CachedValue? {
    guard let entry = index[key] else { return nil }
    index.markUsed(key: key)
    if let location = index.location(of: entry.value) { noteUse(of: location.pack) }
    return CachedValue(key: key, sha256: entry.value, byteCount: entry.location.length)
  }

  func source(of content: Digest256) -> Source? {
    if let data = buffered[content] { return .memory(data) }
    guard let location = index.location(of: content) else { return nil }
    return .pack(location, openPacks[location.pack])
  }

  mutating func keepOpen(_ file: OpenFile, pack: UInt64) {
    if openPacks.count >= Self.maximumOpenPacks { openPacks.removeAll(keepingCapacity: true) }
    openPacks[pack] = file
  }

  mutating func noteUse(of pack: UInt64) {
    if usedPacks.insert(pack).inserted { unmarkedPacks.append(pack) }
  }

  /// The packs that were used and whose files do not show it yet.
  mutating func takeUnmarkedPacks() -> [UInt64] {
    defer { unmarkedPacks.removeAll() }
    return unmarkedPacks
  }

  /// Forgets where a content is, unless it has moved.
  mutating func forget(_ content: Digest256, at location: CacheLocation) {
    guard index.location(of: content) == location else { return }
    index.remove(content: content)
    openPacks[location.pack] = nil
  }

  mutating func forget(key: Digest256) {
    index.remove(key: key)
  }

  // MARK: Storing

  mutating func store(_ data: Data, _ value: Digest256, for key: Digest256) {
    if index[key]?.value == value, source(of: value) != nil {
      return index.markUsed(key: key)
    }
    insert(Pending(key: key, value: value, data: data))
    if pending.isEmpty { oldestPending = .now }
    pending.append(Pending(key: key, value: value, data: data))
    pendingBytes += data.count + Self.overhead
  }

  private mutating func insert(_ item: Pending) {
    index.insert(CacheEntry(key: item.key, value: item.value, location: .buffered(item.data.count)))
    index.markUsed(key: item.key)
    buffered[item.value] = item.data
  }

  /// What a pending value takes in memory besides its bytes, roughly.
  private static let overhead = 256

  /// Notes that the oldest pending values are on disk.
  mutating func settle(_ entries: [CacheEntry]) {
    for entry in entries { index.settle(entry) }
    removePending(entries.count)
  }

  /// Gives up the oldest pending values, which could not be written.
  mutating func drop(_ count: Int) {
    let dropped = pending.prefix(count)
    removePending(count)
    for item in dropped where index[item.key]?.location.isBuffered == true && buffered[item.value] == nil {
      index.remove(key: item.key)
    }
  }

  /// Gives up all pending values and all that is known.
  mutating func removeAll() {
    self = CacheState(CacheIndex())
  }

  private mutating func removePending(_ count: Int) {
    pending.removeFirst(count)
    buffered.removeAll(keepingCapacity: true)
    // What came while the others were being written is newer than they are.
    for item in pending { insert(item) }
    pendingBytes = pending.reduce(0) { $0 + $1.data.count + Self.overhead }
    oldestPending = pending.isEmpty ? nil : .now
  }

  // MARK: Other processes

  /// Takes note of what others have stored.
  mutating func add(_ entries: [CacheEntry]) {
    for entry in entries { index.insert(entry) }
  }

  /// Goes over to what a new journal says, with what is pending here.
  mutating func adopt(_ new: CacheIndex, used: [Digest256]) {
    index = new
    for key in used { index.markUsed(key: key) }
    for item in pending { insert(item) }
    openPacks.removeAll()
  }
}
