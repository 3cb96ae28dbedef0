import Dataflow
import Foundation
import TestSupport
import Testing

@Suite struct CacheDamageTests {
  let fixture: CacheFixture
  let names = ["a", "b", "c", "d", "e"]

  init() throws {
    fixture = try CacheFixture()
  }

  /// A cache with one record for each name.
  func fill() throws {
    let cache = try fixture.open()
    for name in names {
      cache.store(name)
      try cache.commit()
    }
  }

  @Test func `a journal torn within its last record loses that record only, at every length`() throws {
    try fill()
    let whole = try fixture.bytes(fixture.journal)
    #expect(whole.count == 96 * 6)
    for length in whole.count - 96..<whole.count {
      try fixture.write(Array(whole[..<length]), fixture.journal)
      let cache = try fixture.open()
      #expect(cache.found(names) == ["a", "b", "c", "d"], "cut to \(length) bytes")
      cache.store("f")
      try cache.commit()
      #expect(try fixture.open().found(names + ["f"]) == ["a", "b", "c", "d", "f"], "cut to \(length) bytes")
    }
  }

  @Test func `a journal torn anywhere keeps the whole records before`() throws {
    try fill()
    let whole = try fixture.bytes(fixture.journal)
    for length in whole.indices {
      try fixture.write(Array(whole[..<length]), fixture.journal)
      #expect(try fixture.open().found(names) == Array(names.prefix(max(0, length / 96 - 1))))
    }
  }

  @Test func `a changed bit loses one record at most, and the journal can be added to`() throws {
    try fill()
    let whole = try fixture.bytes(fixture.journal)
    for position in whole.indices {
      var bytes = whole
      bytes[position] ^= 1 << (position % 8)
      try fixture.write(bytes, fixture.journal)
      let cache = try fixture.open()
      var left = names
      if position >= 96 { left.remove(at: position / 96 - 1) }
      #expect(cache.found(names) == left, "altered at \(position)")
      guard position % 13 == 0 else { continue }
      cache.store("f")
      try cache.commit()
      #expect(try fixture.open().found(names + ["f"]) == left + ["f"], "altered at \(position)")
    }
  }

  @Test func `a changed bit in a pack loses the value in which it is`() throws {
    let cache = try fixture.open()
    for name in names { cache.store(name) }
    try cache.commit()
    let pack = try #require(try fixture.packs().first)
    let whole = try fixture.bytes(pack)
    let size = cacheData("a").count
    #expect(whole.count == size * names.count)
    for position in whole.indices {
      var bytes = whole
      bytes[position] ^= 1 << (position % 8)
      try fixture.write(bytes, pack)
      var left = names
      let lost = left.remove(at: position / size)
      let cache = try fixture.open()
      #expect(cache.found(names) == left)
      #expect(cache.lookup(cacheKey(lost)) == nil)
      try fixture.write(whole, pack)
    }
  }

  @Test func `a value that was altered is stored anew when it is made again`() throws {
    try fill()
    for pack in try fixture.packs() { try fixture.write([], pack) }
    let cache = try fixture.open()
    #expect(cache.found(names) == [])
    for name in names { cache.store(name) }
    try cache.commit()
    #expect(cache.found(names) == names)
    #expect(try fixture.open().found(names) == names)
  }

  @Test func `without its pack a value is a miss, and is stored anew even where nobody has noticed`() throws {
    try fill()
    let cache = try fixture.open()
    for pack in try fixture.packs() { try FileManager.default.removeItem(atPath: pack) }
    cache.store(cacheData("a"), for: cacheKey("f"))
    try cache.commit()
    #expect(cache.found(names) == ["a"])
    let found = try #require(try fixture.open().lookup(cacheKey("f")))
    #expect(try fixture.open().read(found) == cacheData("a"))
  }

  @Test func `any bytes at all can be opened, read from and added to`() throws {
    var generator = SeededGenerator(seed: 42)
    try fill()
    let journal = try fixture.bytes(fixture.journal)
    for round in 0..<100 {
      var bytes = journal
      for _ in 0..<Int.random(in: 1...20, using: &generator) {
        let start = Int.random(in: 0..<bytes.count, using: &generator)
        let end = min(bytes.count, start + Int.random(in: 0...150, using: &generator))
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes.removeSubrange(start..<end)
        case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 2: for position in start..<end { bytes[position] = UInt8.random(in: 0...255, using: &generator) }
        default: for position in start..<end { bytes[position] = round % 2 == 0 ? 0 : 0xFF }
        }
        if bytes.isEmpty { bytes = [0] }
      }
      try fixture.write(bytes, fixture.journal)
      let cache = try fixture.open()
      let found = cache.found(names)
      cache.store("f")
      try cache.commit()
      #expect(try fixture.open().found(names + ["f"]) == found + ["f"], "round \(round)")
    }
  }

  @Test func `a journal of another format is replaced`() throws {
    try fill()
    var bytes = try fixture.bytes(fixture.journal)
    bytes[39] = UInt8(ascii: "2")
    for position in 96..<bytes.count { bytes[position] ^= 0x55 }
    try fixture.write(bytes + [1, 2, 3], fixture.journal)
    let cache = try fixture.open()
    #expect(cache.found(names) == [])
    cache.store("a")
    try cache.commit()
    #expect(try fixture.open().found(names) == ["a"])
    #expect(try fixture.bytes(fixture.journal).count == 192)
  }

  @Test(arguments: [1 << 47, 1 << 48, 1 << 48 + 1, UInt64.max] as [UInt64])
  func `a record that claims absurd lengths is a miss`(_ length: UInt64) throws {
    for field in [72, 80] {
      try fill()
      let whole = try fixture.bytes(fixture.journal)
      var record = Array(whole[96..<192])
      withUnsafeBytes(of: length.bigEndian) { record.replaceSubrange(field..<field + 8, with: $0) }
      withUnsafeBytes(of: checksum(of: record).bigEndian) { record.replaceSubrange(88..., with: $0) }
      try fixture.write(whole[..<96] + record + whole[192...], fixture.journal)
      let cache = try fixture.open(limit: 0)
      #expect(cache.found(names) == ["b", "c", "d", "e"])
      #expect(try cache.evict().entries >= 4)
    }
  }

  /// The format's checksum, over all words but the last.
  private func checksum(of record: [UInt8]) -> UInt64 {
    var checksum: UInt64 = 0x6361_6368_652D_0001
    for start in stride(from: 0, to: 88, by: 8) {
      let word = record[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
      let product = (checksum ^ word) &* 0x9E37_79B9_7F4A_7C15
      checksum = product ^ product >> 32
    }
    return checksum
  }

  @Test func `a journal that claims to be huge is read in part, and replaced`() throws {
    try fill()
    let file = try #require(FileHandle(forUpdatingAtPath: fixture.journal))
    try file.truncate(atOffset: 1 << 40)
    try file.close()
    let cache = try fixture.open()
    cache.store("f")
    try cache.commit()
    #expect(try fixture.bytes(fixture.journal).count == 2 * 96)
    #expect(try fixture.open().found(names + ["f"]) == ["f"])
  }

  @Test func `the folder may be removed while it is in use`() throws {
    try fill()
    let cache = try fixture.open()
    try FileManager.default.removeItem(at: fixture.cacheFolder)
    #expect(cache.found(names) == [])
    cache.store("a")
    try cache.commit()
    try cache.setManifest(CacheManifest(), "m")
    #expect(cache.found(names) == ["a"])
    #expect(try fixture.open().found(names) == ["a"])
  }

  @Test func `a cache whose folder cannot be made says so when it is opened`() throws {
    let file = try fixture.folder.write("a file", to: "file")
    #expect {
      try ResultCache(URL(fileURLWithPath: file).appending(path: "cache")).open()
    } throws: { error in
      guard case DataflowError.recordFailed(let path, let reason) = error else { return false }
      return path.hasSuffix("/file/cache") && reason.contains("not a directory")
    }
  }

  @Test func `a commit that cannot write says so, gives up what waits, and leaves what was there`() throws {
    try fill()
    let cache = try fixture.open()
    cache.store("f")
    try FileManager.default.removeItem(atPath: fixture.folder.path("cache/packs"))
    try fixture.folder.write("a file", to: "cache/packs")
    #expect {
      try cache.commit()
    } throws: { error in
      guard case DataflowError.recordFailed(let path, _) = error else { return false }
      return path.contains("/cache/packs/")
    }
    #expect(cache.lookup(cacheKey("f")) == nil)
    #expect(!cache.needsCommit)
    try FileManager.default.removeItem(atPath: fixture.folder.path("cache/packs"))
    cache.store("g")
    try cache.commit()
    #expect(try fixture.open().found(names + ["f", "g"]) == ["g"])
  }
}
