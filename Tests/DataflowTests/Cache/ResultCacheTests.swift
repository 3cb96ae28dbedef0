import Dataflow
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct ResultCacheTests {
  let fixture: CacheFixture

  init() throws {
    fixture = try CacheFixture()
  }

  @Test func `what is stored is found at once, and by the next process once it is committed`() throws {
    let cache = try fixture.open()
    #expect(cache.lookup(cacheKey("a")) == nil)
    let stored = cache.store(cacheData("a"), for: cacheKey("a"))
    #expect(stored.byteCount == cacheData("a").count)
    #expect(stored.sha256 == Digest256(of: cacheData("a")))
    #expect(cache.lookup(cacheKey("a")) == stored)
    #expect(cache.text("a") == "the value of a")
    #expect(try fixture.open().text("a") == nil)
    try cache.commit()
    for cache in [cache, try fixture.open()] {
      #expect(cache.lookup(cacheKey("a")) == stored)
      #expect(cache.text("a") == "the value of a")
      #expect(cache.value(for: stored.sha256) == cacheData("a"))
      #expect(cache.value(for: Digest256(of: Data("b".utf8))) == nil)
    }
  }

  @Test func `values of all sizes are kept`() throws {
    var generator = SeededGenerator(seed: 7)
    let sizes = [0, 1, 95, 96, 97, 65_535, 65_536, 65_537, 1_000_003]
    let values = sizes.map { size in Data((0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }) }
    let cache = try fixture.open()
    for (size, value) in zip(sizes, values) { cache.store(value, for: cacheKey("\(size)")) }
    try cache.commit()
    let reopened = try fixture.open()
    for (size, value) in zip(sizes, values) {
      let found = try #require(reopened.lookup(cacheKey("\(size)")))
      #expect(found.byteCount == size)
      #expect(reopened.read(found) == value)
    }
    #expect(reopened.statistics() == cache.statistics())
    #expect(cache.statistics().bytes == sizes.reduce(0, +))
    #expect(cache.statistics().entries == sizes.count)
  }

  @Test func `a content is stored once, under however many keys, in however many batches`() throws {
    let cache = try fixture.open()
    let data = Data(repeating: 7, count: 1000)
    cache.store(data, for: cacheKey("a"))
    cache.store(data, for: cacheKey("b"))
    try cache.commit()
    cache.store(data, for: cacheKey("c"))
    try cache.commit()
    let reopened = try fixture.open()
    reopened.store(data, for: cacheKey("d"))
    reopened.store(data, for: cacheKey("a"))
    try reopened.commit()
    // A key that leads there already is not recorded again.
    #expect(try fixture.bytes(fixture.journal).count == 96 * 5)
    for cache in [reopened, try fixture.open()] {
      #expect(cache.size == [4, 1000, 1])
      for name in ["a", "b", "c", "d"] { #expect(cache.lookup(cacheKey(name)).flatMap(cache.read) == data) }
    }
  }

  @Test func `a key's later value takes the place of the earlier`() throws {
    let cache = try fixture.open()
    for text in ["one", "two", "three"] {
      cache.store(Data(text.utf8), for: cacheKey("a"))
      #expect(cache.text("a") == text)
      try cache.commit()
      #expect(cache.text("a") == text)
      #expect(try fixture.open().text("a") == text)
    }
    cache.store(Data("one".utf8), for: cacheKey("a"))
    try cache.commit()
    #expect(try fixture.open().text("a") == "one")
    #expect(try fixture.open().statistics().entries == 1)
  }

  @Test func `a digest that does not belong to the value makes it a miss, not a wrong value`() throws {
    let cache = try fixture.open()
    cache.store(cacheData("a"), digest: Digest256(of: cacheData("b")), for: cacheKey("a"))
    try cache.commit()
    #expect(try fixture.open().text("a") == nil)
  }

  @Test func `what is stored during a commit is found, and waits for the next`() throws {
    let opened = Mutex<OpenResultCache?>(nil)
    let cache = try ResultCache(fixture.cacheFolder) { phase in
      guard phase == CachePhase(.pack, .written), let cache = opened.withLock({ $0.take() }) else { return }
      cache.store(Data("newer".utf8), for: cacheKey("a"))
      cache.store(cacheData("b"), for: cacheKey("b"))
      cache.store(cacheData("c"), for: cacheKey("c"))
    }.open()
    opened.withLock { $0 = cache }
    for name in ["a", "b"] { cache.store(name) }
    try cache.commit()
    #expect(["a", "b", "c"].map(cache.text) == ["newer", "the value of b", "the value of c"])
    let others = try fixture.open()
    #expect(["a", "b", "c"].map(others.text) == ["the value of a", "the value of b", nil])
    try cache.commit()
    for cache in [cache, try fixture.open()] {
      #expect(["a", "b", "c"].map(cache.text) == ["newer", "the value of b", "the value of c"])
    }
  }

  @Test func `many tasks store, read and commit at once`() async throws {
    let cache = try fixture.open()
    try await withThrowingTaskGroup { group in
      for task in 0..<8 {
        group.addTask {
          for item in 0..<100 {
            cache.store("\(task)/\(item % 50)")
            #expect(cache.text("\(task)/\(item % 50)") != nil)
            if item % 20 == 0 { try cache.commit() }
          }
        }
      }
      try await group.waitForAll()
    }
    try cache.commit()
    let names = (0..<8).flatMap { task in (0..<50).map { "\(task)/\($0)" } }
    #expect(try fixture.open().found(names) == names)
    #expect(cache.statistics().entries == 400)
  }

  @Test func `it is time to commit when much waits`() throws {
    let cache = try fixture.open()
    #expect(!cache.needsCommit)
    cache.store(Data(count: 8 << 20), for: cacheKey("large"))
    #expect(cache.needsCommit)
    try cache.commit()
    #expect(!cache.needsCommit)
  }

  @Test(.timeLimit(.minutes(15))) func `it is time to commit when something waits for long`() async throws {
    let cache = try fixture.open()
    cache.store("a")
    while !cache.needsCommit { try await Task.sleep(for: .milliseconds(50)) }
    try cache.commit()
    #expect(!cache.needsCommit)
  }

  @Test func `a journal of which most is out of date is written anew`() throws {
    let cache = try fixture.open()
    for round in 0..<20 {
      for item in 0..<100 { cache.store(Data("\(round) \(item)".utf8), for: cacheKey("\(item)")) }
      try cache.commit()
    }
    #expect(try fixture.bytes(fixture.journal).count <= 96 * (1 + 2 * 100 + 1000))
    let reopened = try fixture.open()
    for item in 0..<100 { #expect(reopened.text("\(item)") == "19 \(item)") }
  }

  @Test func `everything can be removed`() throws {
    let cache = try fixture.open()
    cache.store("a")
    try cache.commit()
    cache.store("b")
    try cache.setManifest(CacheManifest(), "m")
    try cache.removeAll()
    for cache in [cache, try fixture.open()] {
      #expect(cache.found(["a", "b"]) == [])
      #expect(cache.manifest("m") == nil)
      #expect(cache.size == [0, 0, 0])
    }
    cache.store("c")
    try cache.commit()
    #expect(try fixture.open().found(["a", "b", "c"]) == ["c"])
  }

  @Test func `forgotten contents are in no file any more, and the others stay`() throws {
    let cache = try fixture.open()
    for name in ["a", "secret", "c"] { cache.store(name) }
    cache.store(cacheData("secret"), for: cacheKey("the same"))
    try cache.commit()
    cache.store(Data("overwritten secret".utf8), for: cacheKey("x"))
    try cache.commit()
    cache.store("x")
    cache.store(Data("waiting secret".utf8), for: cacheKey("waiting"))
    let forgotten = ["the value of secret", "overwritten secret", "waiting secret"].map { Digest256(of: Data($0.utf8)) }
    try cache.forget(Set(forgotten))
    for cache in [cache, try fixture.open()] {
      #expect(cache.found(["a", "secret", "the same", "c", "x", "waiting"]) == ["a", "c", "x"])
      for digest in forgotten { #expect(cache.value(for: digest) == nil) }
    }
    #expect(try fixture.files(containing: "secret") == [])
    #expect(try !fixture.files(containing: "the value of a").isEmpty)
  }
}
