/// Decides what goes from a cache that is too large.
struct EvictionPlan {
  /// The values of one pack that are equally dispensable: they go together.
  private struct Group: Hashable {
    let rank: Rank
    let pack: UInt64
  }

  /// What goes first, second and last.
  private enum Rank: Int, Comparable {
    case unused, used, named

    static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
  }

  private let packs: [UInt64: FileStatus]
  private let entries: [CacheEntry]
  private var ranks: [Digest256: Rank] = [:]
  private var live: [UInt64: Int]
  private var evicted: Set<Group> = []
  private(set) var rewritten: Set<UInt64> = []

  /// - Parameters:
  ///   - entries: each of whose packs is there.
  ///   - named: the keys that a manifest names.
  init(_ packs: [UInt64: FileStatus], _ entries: [CacheEntry], named: Set<Digest256>) {
    self.packs = packs
    self.entries = entries
    live = CacheRewrite.liveBytes(entries)
    for entry in entries {
      let rank: Rank = named.contains(entry.key) ? .named : entry.isUsed ? .used : .unused
      ranks[entry.value] = max(rank, ranks[entry.value] ?? .unused)
    }
    rewritten = Set(packs.keys.filter { (live[$0] ?? 0) * 2 < packs[$0]?.size ?? 0 })
    if Self.hasManySmallPacks(packs) {
      rewritten.formUnion(packs.keys.filter { packs[$0].map(Self.isSmall) ?? false })
    }
  }

  /// Whether there are more than 1000 packs of less than 1 MiB: then they are put together.
  static func hasManySmallPacks(_ packs: [UInt64: FileStatus]) -> Bool {
    packs.values.count(where: isSmall) > 1000
  }

  private static func isSmall(_ pack: FileStatus) -> Bool { pack.size < 1 << 20 }

  /// The entries that stay.
  var kept: [CacheEntry] {
    entries.filter { !evicted.contains(group(of: $0)) }
  }

  /// Gives up groups of values, the most dispensable first, until the rest is within the limit.
  mutating func evict(to limit: Int) {
    var total = packs.keys.reduce(0) { $0 + size(of: $1) }
    guard total > limit else { return }
    var seen: Set<Digest256> = []
    var groups: [Group: Int] = [:]
    for entry in entries where seen.insert(entry.value).inserted {
      groups[group(of: entry), default: 0] += entry.location.length
    }
    for (group, bytes) in groups.sorted(by: { order($0.key) < order($1.key) }) {
      guard total > limit else { break }
      total -= size(of: group.pack)
      evicted.insert(group)
      rewritten.insert(group.pack)
      live[group.pack, default: 0] -= bytes
      total += size(of: group.pack)
    }
  }

  /// The bytes of a pack, or of its copy.
  private func size(of pack: UInt64) -> Int {
    rewritten.contains(pack) ? live[pack] ?? 0 : packs[pack]?.size ?? 0
  }

  private func group(of entry: CacheEntry) -> Group {
    Group(rank: ranks[entry.value] ?? .unused, pack: entry.location.pack)
  }

  private func order(_ group: Group) -> (Rank, Int, UInt64) {
    (group.rank, packs[group.pack]?.modified ?? 0, group.pack)
  }
}
