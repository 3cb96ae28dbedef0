import Foundation
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension OpenResultCache {
  /// Removes what was not used for the longest time until the packs are within the limit. What a manifest names goes
  /// last, what this process used before that.
  ///
  /// Blocks, for as long as it takes to copy what stays of the packs from which something goes.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``. Then nothing is removed.
  @discardableResult
  package func evict() throws -> CacheEviction {
    try journal.withLock { journal in
      markUsedPacks()
      let found = folder.listPacks()
      guard found.values.reduce(0, { $0 + $1.size }) > limit || EvictionPlan.hasManySmallPacks(found) else {
        return CacheEviction()
      }
      return try rewrite(&journal) { packs, entries in
        CacheRewrite(evictingFrom: packs, entries, named: namedKeys(), limit: limit)
      }
    }
  }

  /// Removes values by their contents, so that no file of the cache holds their bytes any more.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``.
  @discardableResult
  package func forget(_ contents: Set<Digest256>) throws -> CacheEviction {
    // What waits may be among them.
    try commit()
    return try journal.withLock { journal in
      try rewrite(&journal) { packs, entries in
        CacheRewrite(removing: contents, from: packs, entries)
      }
    }
  }

  /// Removes everything: values, those that wait to be committed, and manifests.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``.
  @discardableResult
  package func removeAll() throws -> CacheEviction {
    try journal.withLock { journal in
      let eviction = try rewrite(&journal) { packs, _ in CacheRewrite(kept: [], rewritten: [], packs: packs) }
      state.withLock { $0.removeAll() }
      for manifest in folder.listManifests() { unlink(manifest) }
      return eviction
    }
  }

  private func namedKeys() -> Set<Digest256> {
    var keys: Set<Digest256> = []
    for path in folder.listManifests() {
      guard let manifest = CacheManifest(contentsOf: path) else { continue }
      keys.formUnion((manifest.items + manifest.pending).map(\.key))
    }
    return keys
  }

  private func rewrite(
    _ journal: inout CacheJournal, _ plan: ([UInt64: FileStatus], [CacheEntry]) -> CacheRewrite
  ) throws -> CacheEviction {
    try folder.make()
    let lock = try CacheLock(folder.lock)
    defer { lock.release() }
    folder.removeTemporaryFiles()
    refresh(&journal)
    let entries = committed()
    let rewrite = plan(folder.listPacks(), entries)
    let kept = try rewrite.perform(in: folder, &journal)
    adopt(CacheIndex(kept))
    var eviction = CacheEviction(entries: entries.count - kept.count)
    let bytes = rewrite.packs.values.reduce(0) { $0 + $1.size }
    removeUnused(kept)
    eviction.bytes = bytes - folder.listPacks().values.reduce(0) { $0 + $1.size }
    return eviction
  }

  /// Removes the packs that nothing refers to: those that were copied, and what a killed process left.
  private func removeUnused(_ kept: [CacheEntry]) {
    let used = Set(kept.map(\.location.pack))
    for pack in folder.listPacks().keys.sorted() where !used.contains(pack) {
      unlink(folder.pack(pack))
      folder.faultPoint(CachePhase(.removal, .removed))
    }
  }
}
