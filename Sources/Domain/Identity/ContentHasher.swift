import Crypto

/// The SHA-256 of bytes that come one part after the other.
///
/// Parts are hashed as if they were one: whoever wants lists of them to be told apart gives parts that say where they end.
public struct ContentHasher: Sendable {
  private var hasher = SHA256()

  /// Begins with no bytes.
  public init() {}

  /// Adds bytes behind those that were added before.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
  }

  /// The hash of all bytes so far.
  public var hash: ContentHash { ContentHash(digest: hasher.finalize()) }
}
