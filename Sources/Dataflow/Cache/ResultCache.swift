public import Foundation
import Synchronization

/// Placeholder.
public struct ResultCache: Sendable {
  let opened: OpenResultCache
  /// Placeholder.
  public init(_ folder: URL, limit: Int = 4 << 30) { opened = OpenResultCache() }
  func open() throws -> OpenResultCache { opened }
}

struct CachedValue: Sendable { let key: Digest256; let sha256: Digest256; let byteCount: Int }
struct CacheManifest: Codable, Sendable {
  struct Item: Codable, Sendable { var name: String; var key: Digest256; var value: Digest256 }
  var items: [Item]
  var pending: [Item]
}
final class OpenResultCache: Sendable {
  let state = Mutex<(keys: [Digest256: CachedValue], values: [Digest256: Data], manifests: [String: CacheManifest])>(([:], [:], [:]))
  func lookup(_ key: Digest256) -> CachedValue? { state.withLock { $0.keys[key] } }
  func read(_ value: CachedValue) -> Data? { state.withLock { $0.values[value.sha256] } }
  func store(_ data: Data, digest: Digest256, for key: Digest256) -> CachedValue {
    let value = CachedValue(key: key, sha256: digest, byteCount: data.count)
    state.withLock { $0.keys[key] = value; $0.values[digest] = data }
    return value
  }
  func commit() throws {}
  var needsCommit: Bool { false }
  func manifest(_ name: String) -> CacheManifest? { state.withLock { $0.manifests[name] } }
  func setManifest(_ manifest: CacheManifest, _ name: String) throws { state.withLock { $0.manifests[name] = manifest } }
  func value(for sha256: Digest256) -> Data? { state.withLock { $0.values[sha256] } }
}
