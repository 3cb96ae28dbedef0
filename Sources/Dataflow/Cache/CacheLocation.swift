/// Where a value's bytes are.
struct CacheLocation: Sendable, Hashable {
  /// The pack, by the number that its file is named after; zero while the bytes are only in memory.
  let pack: UInt64
  /// The place of the first byte in the pack.
  let offset: Int
  /// How many bytes there are.
  let length: Int

  /// A place in a pack can lie no further than this: 256 TiB, so that sums of two never overflow.
  static let maximum = 1 << 48

  /// Bytes that no pack holds yet.
  static func buffered(_ length: Int) -> CacheLocation { CacheLocation(pack: 0, offset: 0, length: length) }

  var isBuffered: Bool { pack == 0 }

  /// The place after the last byte.
  var end: Int { offset + length }
}
