import Dataflow
import Foundation
import TestSupport
import Testing

@Suite struct CacheManifestTests {
  let fixture: CacheFixture

  init() throws {
    fixture = try CacheFixture()
  }

  func item(_ name: String) -> CacheManifest.Item {
    CacheManifest.Item(name: name, key: cacheKey(name), value: Digest256(of: cacheData(name)))
  }

  @Test func `a manifest is read as it was written`() throws {
    let cache = try fixture.open()
    #expect(cache.manifest("clean/me") == nil)
    let first = CacheManifest(items: ["https://ada.dev/1", "", "naïve ☕"].map(item), pending: [item("gone")])
    try cache.setManifest(first, "clean/me")
    #expect(try fixture.open().manifest("clean/me") == first)
    try cache.setManifest(CacheManifest(), "clean/me")
    #expect(cache.manifest("clean/me") == CacheManifest())
  }

  @Test func `manifests of any names are kept apart, inside the folder`() throws {
    let cache = try fixture.open()
    let names = [
      "a", "A", "", "../../a", "a/b", String(repeating: "é", count: 500), String(repeating: "é", count: 501),
    ]
    for name in names { try cache.setManifest(CacheManifest(items: [item(name)]), name) }
    for name in names { #expect(cache.manifest(name)?.items == [item(name)]) }
    let files = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path("cache/manifests"))
    #expect(files.count == names.count)
  }

  @Test func `a manifest that is torn or altered anywhere is none`() throws {
    let cache = try fixture.open()
    try cache.setManifest(CacheManifest(items: [item("a"), item("b")], pending: [item("c")]), "m")
    let files = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path("cache/manifests"))
    let path = fixture.folder.path("cache/manifests/\(try #require(files.first))")
    let whole = try fixture.bytes(path)
    for length in whole.indices {
      try fixture.write(Array(whole[..<length]), path)
      #expect(cache.manifest("m") == nil, "cut to \(length) bytes")
    }
    for position in whole.indices {
      var bytes = whole
      bytes[position] ^= 1 << (position % 8)
      try fixture.write(bytes, path)
      #expect(cache.manifest("m") == nil, "altered at \(position)")
    }
    try fixture.write(whole + [0], path)
    #expect(cache.manifest("m") == nil)
    try fixture.write(whole, path)
    #expect(cache.manifest("m")?.items.count == 2)
  }

  @Test func `a manifest that claims more than it holds is none, even if its digest is right`() throws {
    let cache = try fixture.open()
    try cache.setManifest(CacheManifest(items: [item("a")]), "m")
    let files = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path("cache/manifests"))
    let path = fixture.folder.path("cache/manifests/\(try #require(files.first))")
    let whole = try fixture.bytes(path)
    let header = try #require(whole.firstIndex(of: UInt8(ascii: "\n"))) + 1
    // The two counts, and the length of the name, each with its first and its last byte.
    for position in [header, header + 7, header + 8, header + 15, header + 80, header + 87] {
      var bytes = Array(whole.dropLast(32))
      bytes[position] = 0xFF
      let digest = Digest256(of: bytes).description
      for start in stride(from: 0, to: 64, by: 2) {
        bytes.append(try #require(UInt8(digest.dropFirst(start).prefix(2), radix: 16)))
      }
      try fixture.write(bytes, path)
      #expect(cache.manifest("m") == nil, "\(position)")
    }
  }
}
