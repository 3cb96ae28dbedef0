/// What was removed from a cache.
package struct CacheEviction: Sendable, Hashable {
  /// The keys that are no longer found.
  package var entries = 0
  /// The bytes on disk that became free.
  package var bytes = 0

  package init(entries: Int = 0, bytes: Int = 0) {
    self.entries = entries
    self.bytes = bytes
  }
}
