import Dataflow
import Foundation
import TestSupport
import Testing

/// A cache in a folder of a test's own.
struct CacheFixture {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  var cacheFolder: URL { folder.url.appending(path: "cache") }
  var journal: String { folder.path("cache/journal") }

  func open(limit: Int = 4 << 30) throws -> OpenResultCache {
    try ResultCache(cacheFolder, limit: limit).open()
  }

  /// The paths of the packs, the oldest first.
  func packs() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path("cache/packs"))
      .map { folder.path("cache/packs/\($0)") }
      .map { ($0, try modified($0)) }
      .sorted { $0.1 < $1.1 }
      .map(\.0)
  }

  func modified(_ path: String) throws -> Date {
    try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date ?? .distantPast
  }

  /// Says that a file was last used some hours ago.
  func age(_ path: String, hours: Double) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -3600 * hours)], ofItemAtPath: path)
  }

  func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

  func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

  /// All files of the cache whose contents include some bytes.
  func files(containing text: String) throws -> [String] {
    let names = FileManager.default.enumerator(atPath: cacheFolder.path)?.compactMap { $0 as? String } ?? []
    return names.filter { name in
      let data = FileManager.default.contents(atPath: cacheFolder.appending(path: name).path)
      return data?.range(of: Data(text.utf8)) != nil
    }
  }
}

/// The key of a name.
func cacheKey(_ name: String) -> Digest256 { Digest256(parts: ["key", name]) }

/// The value that belongs to a name in these tests.
func cacheData(_ name: String) -> Data { Data("the value of \(name)".utf8) }

extension OpenResultCache {
  /// The number of entries, of bytes in packs, and of packs.
  var size: [Int] {
    let statistics = statistics()
    return [statistics.entries, statistics.bytes, statistics.packs]
  }

  /// What is found under a name.
  func text(_ name: String) -> String? {
    lookup(cacheKey(name)).flatMap(read).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Stores the value that belongs to a name.
  func store(_ name: String) {
    store(cacheData(name), for: cacheKey(name))
  }

  /// Of these names, those under which a value is found.
  func found(_ names: some Sequence<String>) -> [String] {
    names.filter { name in
      guard let text = text(name) else { return false }
      #expect(text == "the value of \(name)", "a wrong value was returned")
      return true
    }
  }
}
