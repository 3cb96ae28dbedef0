import Foundation

/// Which entries stay in a cache, and which packs are copied to leave the rest behind.
struct CacheRewrite {
  /// The entries that stay, each with the one place of its content.
  private(set) var kept: [CacheEntry]
  /// The packs from which what stays is copied to new ones. A pack of which nothing stays goes anyway.
  private(set) var rewritten: Set<UInt64>
  /// The packs on disk.
  let packs: [UInt64: FileStatus]

  /// A copy is ended and another begun when it is as large as this.
  private static let copySize = 8 << 20

  init(kept: [CacheEntry], rewritten: Set<UInt64>, packs: [UInt64: FileStatus]) {
    self.kept = kept
    self.rewritten = rewritten
    self.packs = packs
  }

  /// A rewrite that leaves no byte behind which no entry refers to, and none of some contents.
  init(removing contents: Set<Digest256>, from packs: [UInt64: FileStatus], _ entries: [CacheEntry]) {
    let kept = Self.readable(entries, in: packs).filter { !contents.contains($0.value) }
    let live = Self.liveBytes(kept)
    self.init(kept: kept, rewritten: Set(packs.keys.filter { packs[$0]?.size != live[$0] }), packs: packs)
  }

  /// A rewrite after which the packs are within a limit.
  ///
  /// - Parameter named: the keys that a manifest names.
  init(
    evictingFrom packs: [UInt64: FileStatus], _ entries: [CacheEntry], named: Set<Digest256>, limit: Int
  ) {
    var plan = EvictionPlan(packs, Self.readable(entries, in: packs), named: named)
    plan.evict(to: limit)
    self.init(kept: plan.kept, rewritten: plan.rewritten, packs: packs)
  }

  /// The entries whose packs are there and long enough.
  private static func readable(_ entries: [CacheEntry], in packs: [UInt64: FileStatus]) -> [CacheEntry] {
    entries.filter { entry in packs[entry.location.pack].map { entry.location.end <= $0.size } ?? false }
  }

  /// The bytes of each pack that some entry refers to.
  static func liveBytes(_ entries: [CacheEntry]) -> [UInt64: Int] {
    var seen: Set<Digest256> = []
    var bytes: [UInt64: Int] = [:]
    for entry in entries where seen.insert(entry.value).inserted {
      bytes[entry.location.pack, default: 0] += entry.location.length
    }
    return bytes
  }

  /// Copies, and puts a new journal in the place of the old. The packs that are not used any more are still there.
  ///
  /// - Returns: the entries of the new journal.
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``. Then the journal is as before.
  func perform(in folder: CacheFolder, _ journal: inout CacheJournal) throws -> [CacheEntry] {
    var moved: [Digest256: CacheLocation] = [:]
    for group in copies() { try copy(group, in: folder, &moved) }
    let entries = kept.compactMap { entry -> CacheEntry? in
      guard rewritten.contains(entry.location.pack) else { return entry }
      guard let location = moved[entry.value] else { return nil }
      var entry = entry
      entry.location = location
      return entry
    }
    try journal.replace(with: entries)
    return entries
  }

  /// What is to be copied, as it goes into the new packs: together what was used at about the same time.
  private func copies() -> [[CacheEntry]] {
    var seen: Set<Digest256> = []
    let moving = kept.filter { rewritten.contains($0.location.pack) && seen.insert($0.value).inserted }
      .sorted { order($0) < order($1) }
    var groups: [[CacheEntry]] = []
    var size = 0
    for entry in moving {
      if groups.isEmpty || size >= Self.copySize {
        groups.append([])
        size = 0
      }
      groups[groups.count - 1].append(entry)
      size += entry.location.length
    }
    return groups
  }

  private func order(_ entry: CacheEntry) -> (Int, UInt64, Int) {
    (packs[entry.location.pack]?.modified ?? 0, entry.location.pack, entry.location.offset)
  }

  private func copy(_ group: [CacheEntry], in folder: CacheFolder, _ moved: inout [Digest256: CacheLocation]) throws {
    let pack = UInt64.random(in: 1...UInt64.max)
    var source: (pack: UInt64, file: OpenFile?) = (0, nil)
    try folder.write(.pack, to: folder.pack(pack)) { writer in
      for entry in group {
        let location = entry.location
        if source.pack != location.pack {
          source = (location.pack, try? OpenFile(folder.pack(location.pack), O_RDONLY))
        }
        // What cannot be read, or has changed, is lost already.
        guard let data = source.file?.content(at: location), Digest256(of: data) == entry.value else { continue }
        moved[entry.value] = CacheLocation(pack: pack, offset: writer.count, length: data.count)
        try writer.append(data)
      }
    }
    setModified(folder.pack(pack), group.compactMap { packs[$0.location.pack]?.modified }.max())
  }
}
