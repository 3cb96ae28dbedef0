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
  /// Makes everything durable that was stored so far: one new pack, then one addition to the journal.
  ///
  /// Blocks for three `fsync`s, and while another process commits. Values stored meanwhile wait for the next commit.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``. Then the values are given up: they are not found any more.
  package func commit() throws {
    try journal.withLock { journal in
      let batch = state.withLock { $0.pending }
      if !batch.isEmpty {
        do {
          try commit(batch, &journal)
        } catch {
          state.withLock { $0.drop(batch.count) }
          throw error
        }
      }
      markUsedPacks()
    }
  }

  private func commit(_ batch: [CacheState.Pending], _ journal: inout CacheJournal) throws {
    try folder.make()
    let lock = try CacheLock(folder.lock)
    defer { lock.release() }
    refresh(&journal)
    let pack = UInt64.random(in: 1...UInt64.max)
    let entries = try place(batch, in: pack)
    do {
      if journal.isAppendable {
        try journal.append(entries)
      } else {
        try journal.replace(with: committed() + entries)
      }
    } catch {
      unlink(folder.pack(pack))
      throw error
    }
    state.withLock { $0.settle(entries) }
    if journal.recordCount > 2 * state.withLock({ $0.index.count }) + 1000 {
      let live = committed()
      // Should this fail, the journal is as long as before, and as good.
      if (try? journal.replace(with: live)) != nil { adopt(CacheIndex(live)) }
    }
  }

  /// Reads what other processes have changed.
  func refresh(_ journal: inout CacheJournal) {
    let news = journal.refresh()
    if news.isWhole {
      adopt(CacheIndex(news.entries))
    } else if !news.entries.isEmpty {
      state.withLock { $0.add(news.entries) }
    }
  }

  func adopt(_ index: CacheIndex) {
    let used = state.withLock { $0.index }.live.filter(\.isUsed).map(\.key)
    state.withLock { $0.adopt(index, used: used) }
  }

  /// The entries of the journal that are still good, each with the newest place of its content.
  func committed() -> [CacheEntry] {
    let index = state.withLock { $0.index }
    return index.live.compactMap { entry in
      guard !entry.location.isBuffered, let location = index.location(of: entry.value) else { return nil }
      var entry = entry
      entry.location = location
      return entry
    }
  }

  /// Finds the place of each value: where its content already is, else in a new pack, which is written.
  private func place(_ batch: [CacheState.Pending], in pack: UInt64) throws -> [CacheEntry] {
    var places = knownPlaces(of: batch)
    var new: [CacheState.Pending] = []
    var offset = 0
    for item in batch where places[item.value] == nil {
      places[item.value] = CacheLocation(pack: pack, offset: offset, length: item.data.count)
      offset += item.data.count
      new.append(item)
    }
    if !new.isEmpty {
      try folder.write(.pack, to: folder.pack(pack)) { writer in
        for item in new { try writer.append(item.data) }
      }
    }
    return batch.compactMap { item in
      places[item.value].map { CacheEntry(key: item.key, value: item.value, location: $0) }
    }
  }

  /// The places of contents that some pack holds already. A pack may have gone since it was read last.
  private func knownPlaces(of batch: [CacheState.Pending]) -> [Digest256: CacheLocation] {
    let candidates = state.withLock { state in batch.map { state.index.location(of: $0.value) } }
    var places: [Digest256: CacheLocation] = [:]
    var sizes: [UInt64: Int] = [:]
    for (item, location) in zip(batch, candidates) {
      guard let location else { continue }
      let size = sizes[location.pack] ?? FileStatus(path: folder.pack(location.pack))?.size ?? -1
      sizes[location.pack] = size
      if location.end <= size, location.length == item.data.count { places[item.value] = location }
    }
    return places
  }

  /// Shows by the time of a pack when it was used last. Without it a pack looks older than it is, nothing worse.
  func markUsedPacks() {
    for pack in state.withLock({ $0.takeUnmarkedPacks() }) { setModified(folder.pack(pack)) }
  }
}
