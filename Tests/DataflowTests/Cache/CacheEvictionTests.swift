import Dataflow
import Foundation
import TestSupport
import Testing

@Suite struct CacheEvictionTests {
  let fixture: CacheFixture

  init() throws {
    fixture = try CacheFixture()
  }

  /// Three packs of ten values of 100 bytes each, `0/0` to `2/9`, last used three, two and one hours ago.
  func fill() throws {
    let cache = try fixture.open()
    for pack in 0..<3 {
      for item in 0..<10 { store("\(pack)/\(item)", in: cache) }
      try cache.commit()
      try fixture.age(try #require(try fixture.packs().last), hours: Double(3 - pack))
    }
    #expect(cache.size == [30, 3000, 3])
  }

  func store(_ name: String, in cache: OpenResultCache) {
    cache.store(value(name), for: cacheKey(name))
  }

  func value(_ name: String) -> Data { cacheData(name) + Data(repeating: 32, count: 100 - cacheData(name).count) }

  var all: [String] { names(0..<3) }

  func names(_ packs: Range<Int>, _ items: Range<Int> = 0..<10) -> [String] {
    packs.flatMap { pack in items.map { "\(pack)/\($0)" } }
  }

  func found(_ cache: OpenResultCache) -> [String] {
    all.filter { name in
      guard let data = cache.lookup(cacheKey(name)).flatMap(cache.read) else { return false }
      #expect(data == value(name))
      return true
    }
  }

  func item(_ name: String) -> CacheManifest.Item {
    CacheManifest.Item(name: name, key: cacheKey(name), value: Digest256(of: value(name)))
  }

  @Test func `a cache within its limit stays as it is`() throws {
    try fill()
    #expect(try fixture.open(limit: 3000).evict() == CacheEviction())
    #expect(found(try fixture.open()) == all)
  }

  @Test(arguments: [(2999, 1), (2000, 1), (1999, 2), (1000, 2), (999, 3), (0, 3)])
  func `what was not used for the longest time goes, until the rest is within the limit`(
    limit: Int, evicted: Int
  ) throws {
    try fill()
    let cache = try fixture.open(limit: limit)
    #expect(try cache.evict() == CacheEviction(entries: 10 * evicted, bytes: 1000 * evicted))
    for cache in [cache, try fixture.open()] {
      #expect(cache.size == [30 - 10 * evicted, 3000 - 1000 * evicted, 3 - evicted])
      #expect(found(cache) == names(evicted..<3))
    }
  }

  @Test(arguments: [true, false])
  func `to be found is to be used`(isRead: Bool) throws {
    try fill()
    let reader = try fixture.open()
    let value = try #require(reader.lookup(cacheKey("0/3")))
    if isRead { #expect(reader.read(value) == self.value("0/3")) }
    try reader.commit()
    try fixture.open(limit: 2000).evict()
    #expect(found(try fixture.open()) == names(0..<1) + names(2..<3))
  }

  @Test func `a value read by its content is used, too`() throws {
    try fill()
    let reader = try fixture.open()
    #expect(reader.value(for: Digest256(of: value("0/3"))) == value("0/3"))
    try reader.commit()
    try fixture.open(limit: 2000).evict()
    #expect(found(try fixture.open()) == names(0..<1) + names(2..<3))
  }

  @Test func `what this process used goes after its neighbours, and its pack is written anew`() throws {
    try fill()
    let cache = try fixture.open(limit: 300)
    for name in ["0/3", "2/5"] { #expect(cache.lookup(cacheKey(name)).flatMap(cache.read) == value(name)) }
    store("3/0", in: cache)
    try cache.commit()
    try cache.evict()
    for cache in [cache, try fixture.open()] {
      #expect(found(cache) == ["0/3", "2/5"])
      #expect(cache.lookup(cacheKey("3/0")).flatMap(cache.read) == value("3/0"))
      #expect(cache.statistics().bytes == 300)
    }
  }

  @Test func `what a manifest names goes last`() throws {
    try fill()
    let cache = try fixture.open(limit: 300)
    let named = ["0/1", "0/2", "1/9"]
    // What is gone but not yet deleted downstream is as much needed as what is there.
    try cache.setManifest(CacheManifest(items: named.dropLast().map(item), pending: [item("1/9")]), "m")
    #expect(cache.lookup(cacheKey("2/5")).flatMap(cache.read) == value("2/5"))
    try cache.evict()
    #expect(found(cache) == named)
    #expect(found(try fixture.open()) == named)
    #expect(cache.statistics().bytes == 300)
    #expect(cache.manifest("m")?.items.count == 2)
  }

  @Test func `copies keep the time of their last use`() throws {
    try fill()
    let cache = try fixture.open(limit: 2500)
    try cache.setManifest(CacheManifest(items: [item("0/1")]), "m")
    try cache.evict()
    #expect(found(cache) == ["0/1"] + names(1..<3))
    let oldest = try #require(try fixture.packs().first)
    #expect(try fixture.bytes(oldest) == Array(value("0/1")))
    #expect(try fixture.modified(oldest).timeIntervalSinceNow < -2.9 * 3600)
  }

  @Test func `a content under several keys goes when the last of them is dispensable`() throws {
    try fill()
    let cache = try fixture.open(limit: 100)
    cache.store(value("0/1"), for: cacheKey("other"))
    try cache.commit()
    try cache.setManifest(
      CacheManifest(items: [.init(name: "x", key: cacheKey("other"), value: Digest256(of: value("0/1")))]), "m")
    try cache.evict()
    #expect(found(try fixture.open()) == ["0/1"])
    #expect(cache.lookup(cacheKey("other")).flatMap(cache.read) == value("0/1"))
    #expect(cache.statistics().bytes == 100)
  }

  @Test func `what nothing refers to goes first`() throws {
    try fill()
    try fixture.folder.write(String(repeating: "x", count: 500), to: "cache/packs/00000000000000aa.pack")
    try fixture.folder.write("torn", to: "cache/packs/00000000000000bb.pack.tmp")
    try fixture.folder.write("torn", to: "cache/journal.tmp")
    let cache = try fixture.open()
    for item in 0..<10 { cache.store(Data("new \(item)".utf8), for: cacheKey("1/\(item)")) }
    try cache.commit()
    let new = cache.statistics().bytes - 3500
    try fixture.open(limit: 2000 + new).evict()
    #expect(try fixture.open().size == [30, 2000 + new, 3])
    let files = FileManager.default.enumerator(atPath: fixture.cacheFolder.path)?.compactMap { $0 as? String } ?? []
    #expect(!files.contains { $0.hasSuffix(".tmp") })
  }

  @Test func `a corrupt value is not carried over`() throws {
    try fill()
    let cache = try fixture.open(limit: 2200)
    try cache.setManifest(CacheManifest(items: [item("0/1"), item("0/2")]), "m")
    let pack = try #require(try fixture.packs().first)
    var bytes = try fixture.bytes(pack)
    bytes[150] ^= 1
    try fixture.write(bytes, pack)
    try fixture.age(pack, hours: 3)
    try cache.evict()
    #expect(cache.statistics().bytes == 2100)
    #expect(found(try fixture.open()) == ["0/2"] + names(1..<3))
  }

  @Test func `what waits to be committed outlives an eviction`() throws {
    try fill()
    let cache = try fixture.open(limit: 0)
    cache.store("new")
    try cache.evict()
    #expect(cache.text("new") == "the value of new")
    try cache.commit()
    #expect(try fixture.open().found(["new"]) == ["new"])
    #expect(found(cache) == [])
  }

  @Test func `many small packs become few`() throws {
    try fill()
    for number in 1...1000 {
      let name = String(number, radix: 16)
      try fixture.folder.write("x", to: "cache/packs/\(String(repeating: "0", count: 16 - name.count))\(name).pack")
    }
    let cache = try fixture.open()
    #expect(cache.size == [30, 4000, 1003])
    #expect(try cache.evict() == CacheEviction(entries: 0, bytes: 1000))
    for cache in [cache, try fixture.open()] {
      #expect(cache.size == [30, 3000, 1])
      #expect(found(cache) == all)
    }
  }
}
