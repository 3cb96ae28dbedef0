public import Foundation
import Synchronization

/// A cache while it is in use, by any number of tasks at once.
///
/// What is stored is found at once, and is on disk after ``commit()``. Calls that work on files block; only those of
/// reading are short enough to be made from a task.
public final class OpenResultCache: Sendable {
  let folder: CacheFolder
  let limit: Int
  let state: Mutex<CacheState>
  /// Held while files are changed, so that one thread of this process does so at a time; other processes are kept off
  /// by the lock file.
  let journal: Mutex<CacheJournal>

  init(_ folder: CacheFolder, limit: Int) {
    self.folder = folder
    self.limit = limit
    var journal = CacheJournal(folder)
    state = Mutex(CacheState(CacheIndex(journal.refresh().entries)))
    self.journal = Mutex(journal)
  }

  // MARK: Reading

  /// What was stored for a key; nil if nothing was. To be found is to be used, for ``evict()``.
  package func lookup(_ key: Digest256) -> CachedValue? {
    state.withLock { $0.lookup(key) }
  }

  /// The bytes of what was found, checked against their length and digest.
  ///
  /// - Returns: nil if they are missing, torn or altered. Then the key is forgotten.
  package func read(_ value: CachedValue) -> Data? {
    guard let data = self.value(for: value.sha256), data.count == value.byteCount else {
      state.withLock { $0.forget(key: value.key) }
      return nil
    }
    return data
  }

  /// Any stored value by its content's digest, against which it is checked.
  ///
  /// - Returns: nil if it is missing, torn or altered.
  public func value(for sha256: Digest256) -> Data? {
    // More than once, since an eviction may move the bytes after their place was looked up.
    for _ in 0..<3 {
      switch state.withLock({ $0.source(of: sha256) }) {
      case nil: return nil
      case .memory(let data): return data
      case .pack(let location, let file):
        if let data = content(sha256, at: location, in: file) { return data }
        state.withLock { $0.forget(sha256, at: location) }
      }
    }
    return nil
  }

  private func content(_ sha256: Digest256, at location: CacheLocation, in open: OpenFile?) -> Data? {
    guard let pack = open ?? (try? OpenFile(folder.pack(location.pack), O_RDONLY)) else { return nil }
    guard let data = pack.content(at: location), Digest256(of: data) == sha256 else { return nil }
    state.withLock {
      if open == nil { $0.keepOpen(pack, pack: location.pack) }
      $0.noteUse(of: location.pack)
    }
    return data
  }

  // MARK: Storing

  /// Keeps a value under a key, in memory until it is committed. A content that is stored already is not stored twice.
  ///
  /// - Parameter digest: the SHA-256 of the data if it is known already; a wrong one makes the value unreadable.
  @discardableResult
  package func store(_ data: Data, digest: Digest256? = nil, for key: Digest256) -> CachedValue {
    let sha256 = digest ?? Digest256(of: data)
    state.withLock { $0.store(data, sha256, for: key) }
    return CachedValue(key: key, sha256: sha256, byteCount: data.count)
  }

  /// Whether so much waits in memory (8 MiB), or for so long (a second), that it is time to commit.
  package var needsCommit: Bool {
    state.withLock { state in
      guard let oldest = state.oldestPending else { return false }
      return state.pendingBytes >= 8 << 20 || oldest.duration(to: .now) >= .seconds(1)
    }
  }

  // MARK: Manifests

  /// What a step made in its last complete run; nil if that is not known, or was torn or altered.
  package func manifest(_ name: String) -> CacheManifest? {
    CacheManifest(contentsOf: folder.manifest(name))
  }

  /// Replaces a manifest, durably. To be called when the values that it names are committed.
  ///
  /// - Throws: ``DataflowError/recordFailed(path:reason:)``.
  package func setManifest(_ manifest: CacheManifest, _ name: String) throws {
    let data = manifest.encoded()
    try journal.withLock { _ in
      try folder.make()
      let lock = try CacheLock(folder.lock)
      defer { lock.release() }
      try writeAtomically(data, to: folder.manifest(name))
    }
  }

  /// How much there is.
  public func statistics() -> CacheStatistics {
    let packs = folder.listPacks()
    return CacheStatistics(
      entries: state.withLock { $0.index.count }, bytes: packs.values.reduce(0) { $0 + $1.size }, packs: packs.count)
  }
}

extension OpenFile {
  /// The bytes at a place of a pack; nil if the pack ends before.
  func content(at location: CacheLocation) -> Data? {
    // Before so much memory is asked for.
    guard let status, location.end <= status.size else { return nil }
    var data = Data(count: location.length)
    let count = data.withUnsafeMutableBytes { read(into: $0, at: location.offset) }
    return count == location.length ? data : nil
  }
}
