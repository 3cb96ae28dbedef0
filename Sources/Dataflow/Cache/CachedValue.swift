/// A value that the cache holds: found by its key, read by its content's digest.
package struct CachedValue: Sendable, Hashable {
  /// The digest of what the value was made from.
  package let key: Digest256
  /// The digest of the value's bytes.
  package let sha256: Digest256
  /// How many bytes there are.
  package let byteCount: Int
}
