import Foundation

/// What a step that runs item by item made in its last complete run, so that what vanished since can be told.
package struct CacheManifest: Sendable, Hashable {
  /// What the step made of one item.
  package struct Item: Sendable, Hashable {
    /// The item's name.
    package var name: String
    /// The digest of what the result was made from.
    package var key: Digest256
    /// The digest of the result's bytes.
    package var value: Digest256

    package init(name: String, key: Digest256, value: Digest256) {
      self.name = name
      self.key = key
      self.value = value
    }
  }

  /// The items of the last complete run.
  package var items: [Item]
  /// Items that are gone, but whose results may still be in use downstream.
  package var pending: [Item]

  package init(items: [Item] = [], pending: [Item] = []) {
    self.items = items
    self.pending = pending
  }
}

/// The file: a line for people, the number of items and of pending ones, the items, and the SHA-256 of all that. An item
/// is its key and its value (32 bytes each), the length of its name in bytes, and the name. Numbers are of eight bytes,
/// the most significant first.
extension CacheManifest {
  private static let header = Array("dataflow result cache: manifest, format 1\n".utf8)
  /// A longer file, with room for some four million items, is not read.
  private static let maximumSize = 512 << 20

  /// Nil if the file is missing, torn or altered.
  init?(contentsOf path: String) {
    guard let status = FileStatus(path: path), status.size <= Self.maximumSize,
      let data = FileManager.default.contents(atPath: path)
    else { return nil }
    self.init(encoded: [UInt8](data))
  }

  init?(encoded bytes: [UInt8]) {
    let end = bytes.count - 32
    guard end >= Self.header.count + 16, bytes.starts(with: Self.header),
      Digest256(of: bytes[..<end]).bytes == Array(bytes[end...])
    else { return nil }
    var reader = ManifestReader(bytes: bytes, offset: Self.header.count, end: end)
    guard let itemCount = reader.word(), let pendingCount = reader.word(),
      let items = reader.items(itemCount), let pending = reader.items(pendingCount), reader.offset == end
    else { return nil }
    self.init(items: items, pending: pending)
  }

  func encoded() -> Data {
    var bytes = Self.header
    func append(_ number: UInt64) { withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) } }
    func append(_ digest: Digest256) {
      append(digest.first)
      append(digest.second)
      append(digest.third)
      append(digest.fourth)
    }
    append(UInt64(items.count))
    append(UInt64(pending.count))
    for item in [items, pending].joined() {
      append(item.key)
      append(item.value)
      append(UInt64(item.name.utf8.count))
      bytes.append(contentsOf: item.name.utf8)
    }
    append(Digest256(of: bytes))
    return Data(bytes)
  }
}

/// Reads a manifest's fields; nil wherever the bytes end too early.
private struct ManifestReader {
  let bytes: [UInt8]
  var offset: Int
  let end: Int

  mutating func word() -> UInt64? {
    guard end - offset >= 8 else { return nil }
    defer { offset += 8 }
    return bytes[offset..<offset + 8].reduce(0) { $0 << 8 | UInt64($1) }
  }

  mutating func digest() -> Digest256? {
    guard let first = word(), let second = word(), let third = word(), let fourth = word() else { return nil }
    return Digest256(first, second, third, fourth)
  }

  mutating func items(_ count: UInt64) -> [CacheManifest.Item]? {
    var items: [CacheManifest.Item] = []
    // Each takes at least 72 bytes: more cannot follow, whatever the count says.
    items.reserveCapacity(Int(min(count, UInt64((end - offset) / 72))))
    for _ in 0..<count {
      guard let key = digest(), let value = digest(), let length = word(), length <= end - offset else { return nil }
      let name = String(decoding: bytes[offset..<offset + Int(length)], as: UTF8.self)
      offset += Int(length)
      items.append(CacheManifest.Item(name: name, key: key, value: value))
    }
    return items
  }
}
