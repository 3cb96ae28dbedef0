import Dataflow
import Foundation
import TestSupport
import Testing

@Suite struct CacheSharingTests {
  let fixture: CacheFixture

  init() throws {
    fixture = try CacheFixture()
  }

  @Test func `two that are open see each other's values when they commit`() throws {
    let (first, second) = (try fixture.open(), try fixture.open())
    first.store("a")
    try first.commit()
    #expect(second.found(["a"]) == [])
    second.store("b")
    try second.commit()
    #expect(second.found(["a", "b"]) == ["a", "b"])
    first.store("c")
    try first.commit()
    #expect(first.found(["a", "b", "c"]) == ["a", "b", "c"])
    #expect(try fixture.open().found(["a", "b", "c"]) == ["a", "b", "c"])
  }

  @Test func `a content that another stored meanwhile is not stored again`() throws {
    let (first, second) = (try fixture.open(), try fixture.open())
    first.store(cacheData("x"), for: cacheKey("a"))
    second.store(cacheData("x"), for: cacheKey("b"))
    try first.commit()
    try second.commit()
    #expect(second.size == [2, cacheData("x").count, 1])
  }

  @Test func `one goes over to the journal that the other put in place`() throws {
    let (first, second) = (try fixture.open(), try fixture.open(limit: 0))
    first.store("a")
    try first.commit()
    second.store("b")
    try second.commit()
    try second.setManifest(
      CacheManifest(items: [.init(name: "b", key: cacheKey("b"), value: Digest256(of: cacheData("b")))]), "m")
    try second.evict()
    first.store("c")
    // The bytes of this one are in the pack that has gone.
    first.store(cacheData("a"), for: cacheKey("d"))
    try first.commit()
    let last = try fixture.open()
    #expect(last.found(["a", "b", "c"]) == ["c"])
    #expect(last.lookup(cacheKey("d")).flatMap(last.read) == cacheData("a"))
    #expect(first.found(["a", "b", "c"]) == ["c"])
  }

  @Test func `a value that another moved is a miss at worst, and found after the next commit`() throws {
    let (first, second) = (try fixture.open(), try fixture.open(limit: cacheData("a").count))
    first.store("a")
    first.store("b")
    try first.commit()
    try second.commit()
    try second.setManifest(
      CacheManifest(items: [.init(name: "a", key: cacheKey("a"), value: Digest256(of: cacheData("a")))]), "m")
    try second.evict()
    #expect(first.found(["a", "b"]) == [])
    first.store("c")
    try first.commit()
    #expect(first.found(["a", "b", "c"]) == ["a", "c"])
  }

  @Test(arguments: [1, 2, 3])
  func `any interleaving of two leaves every committed value`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let caches = [try fixture.open(), try fixture.open()]
    var stored: [Set<String>] = [[], []]
    var committed: Set<String> = []
    for step in 0..<300 {
      let which = Int.random(in: 0...1, using: &generator)
      switch Int.random(in: 0..<10, using: &generator) {
      case 0..<6:
        let name = "\(step / 3)"
        caches[which].store(name)
        stored[which].insert(name)
      case 6..<9:
        // With something to write, so that it looks at what the other did.
        caches[which].store("step \(step)")
        stored[which].insert("step \(step)")
        try caches[which].commit()
        committed.formUnion(stored[which])
        stored[which] = []
        let missing = committed.subtracting(caches[which].found(committed))
        #expect(missing.isEmpty, "after step \(step)")
      default:
        // Puts a new journal in place of the other's, and copies packs with what is not there.
        try caches[which].forget([Digest256(of: Data("none".utf8))])
        committed.formUnion(stored[which])
        stored[which] = []
      }
    }
    #expect(try fixture.open().found(committed.sorted()) == committed.sorted())
  }

  @Test func `several processes store at once and none loses anything`() async throws {
    let path = fixture.cacheFolder.path
    await withTaskGroup { group in
      for process in 0..<3 {
        group.addTask {
          await #expect(processExitsWith: .success) { [path = path as String, process = process as Int] in
            let cache = try ResultCache(URL(fileURLWithPath: path)).open()
            for item in 0..<300 {
              // Half of it is the same in all.
              cache.store(item % 2 == 0 ? "shared \(item)" : "\(process) \(item)")
              if item % 7 == process { try cache.commit() }
              if item % 100 == 99 { try cache.forget([Digest256(of: cacheData("\(process) 1"))]) }
            }
            try cache.commit()
          }
        }
      }
    }
    let shared = stride(from: 0, to: 300, by: 2).map { "shared \($0)" }
    let own = (0..<3).flatMap { process in stride(from: 3, to: 300, by: 2).map { "\(process) \($0)" } }
    let cache = try fixture.open()
    #expect(cache.found(shared + own) == shared + own)
    #expect(cache.found(["0 1", "1 1", "2 1"]) == [])
  }
}
