import Dataflow
import Foundation
import TestSupport
import Testing

/// Processes that are killed at every step of their work on the files, or that find the disk full.
@Suite struct CacheCrashTests {
  let fixture: CacheFixture

  init() throws {
    fixture = try CacheFixture()
  }

  static func phases(_ works: CachePhase.Work...) -> [CachePhase] {
    CachePhase.allCases.filter { works.contains($0.work) }
  }

  /// So many that neither their pack nor their records are written in one piece.
  static let newNames = (0..<1000).map { "new \($0) " + String(repeating: "x", count: 80) }
  static let oldNames = (0..<50).map { "old \($0)" }

  @Test(arguments: phases(.pack, .append))
  func `a process killed while it commits leaves what was there, and nothing torn`(_ phase: CachePhase) async throws {
    let cache = try fixture.open()
    for name in Self.oldNames { cache.store(name) }
    try cache.commit()
    try await killed(committing: Self.newNames, at: phase)
    let reopened = try fixture.open()
    #expect(reopened.found(Self.oldNames) == Self.oldNames)
    let found = reopened.found(Self.newNames).count
    switch (phase.work, phase.moment) {
    case (.append, .partlyWritten): #expect(found > 0 && found < Self.newNames.count)
    case (.append, .written), (.append, .synchronized): #expect(found == Self.newNames.count)
    default: #expect(found == 0)
    }
    try rerun(after: phase)
  }

  @Test(arguments: phases(.pack, .journal))
  func `a process killed while it makes the first commit leaves nothing torn`(_ phase: CachePhase) async throws {
    try await killed(committing: Self.newNames, at: phase)
    let found = try fixture.open().found(Self.newNames).count
    let isDone = phase.work == .journal && (phase.moment == .renamed || phase.moment == .listed)
    #expect(found == (isDone ? Self.newNames.count : 0))
    try rerun(after: phase)
  }

  private func killed(committing names: [String], at phase: CachePhase) async throws {
    let path = fixture.cacheFolder.path
    let (work, moment) = (phase.work.rawValue, phase.moment.rawValue)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, work = work as String, moment = moment as String, names = names as [String]] in
      let cache = try openKilled(path, work, moment)
      for name in names { cache.store(name) }
      try cache.commit()
    }
  }

  /// Stores what the killed process was to store, and removes what it left behind.
  private func rerun(after phase: CachePhase) throws {
    let cache = try fixture.open()
    for name in Self.newNames { cache.store(name) }
    try cache.commit()
    #expect(try fixture.open().found(Self.newNames) == Self.newNames)
    #expect(try fixture.bytes(fixture.journal).count % 96 == 0)
    try fixture.open().forget([])
    let size = (cache.lookup(cacheKey("old 0")) == nil ? Self.newNames : Self.newNames + Self.oldNames)
      .reduce(0) { $0 + cacheData($1).count }
    #expect(try fixture.open().statistics().bytes == size)
    #expect(try fixture.open().found(Self.newNames) == Self.newNames)
    #expect(try fixture.files(containing: "").allSatisfy { !$0.hasSuffix(".tmp") })
  }

  @Test(arguments: phases(.pack, .journal, .removal))
  func `a process killed while it evicts leaves what was there or what was to stay`(_ phase: CachePhase) async throws {
    let cache = try fixture.open()
    for (number, names) in [Self.newNames, Self.oldNames].enumerated() {
      for name in names { cache.store(name) }
      try cache.commit()
      try fixture.age(try #require(try fixture.packs().last), hours: Double(2 - number))
    }
    // Of the older pack so much is to stay that it is not copied in one piece.
    let named = Self.newNames.prefix(800)
    let items = named.map { CacheManifest.Item(name: $0, key: cacheKey($0), value: Digest256(of: cacheData($0))) }
    try cache.setManifest(CacheManifest(items: items), "m")
    let all = Self.newNames + Self.oldNames
    let staying = named + Self.oldNames
    let limit = staying.reduce(0) { $0 + cacheData($1).count }

    let path = fixture.cacheFolder.path
    let (work, moment) = (phase.work.rawValue, phase.moment.rawValue)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, work = work as String, moment = moment as String, limit = limit as Int] in
      try openKilled(path, work, moment, limit: limit).evict()
    }
    let isDone = phase.work == .removal || phase.work == .journal && [.renamed, .listed].contains(phase.moment)
    #expect(try fixture.open().found(all) == (isDone ? Array(staying) : all))
    try fixture.open(limit: limit).evict()
    let reopened = try fixture.open()
    #expect(reopened.found(all) == Array(staying))
    #expect(reopened.statistics().bytes == limit)
  }

  @Test func `a full disk is an error that says so, and costs nothing that was there`() async throws {
    let cache = try fixture.open()
    for name in Self.oldNames { cache.store(name) }
    try cache.commit()
    let path = fixture.cacheFolder.path
    await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
      let cache = try ResultCache(URL(fileURLWithPath: path)).open()
      limitFiles(toBytes: 100_000)
      cache.store(Data(count: 200_000), for: cacheKey("large"))
      try exitIfFull(cache, file: ".pack.tmp")
    }
    let names = Self.oldNames + ["small"]
    let reopened = try fixture.open()
    #expect(reopened.found(names) == names)
    #expect(reopened.size == [51, names.reduce(0) { $0 + cacheData($1).count }, 2])
  }

  @Test func `a disk that is full when the journal grows leaves it whole`() async throws {
    let cache = try fixture.open()
    for number in 0..<1000 { cache.store(Data(), for: cacheKey("\(number)")) }
    try cache.commit()
    let size = 1001 * 96
    #expect(try fixture.bytes(fixture.journal).count == size)
    let path = fixture.cacheFolder.path
    await #expect(processExitsWith: .exitCode(7)) { [path = path as String, size = size as Int] in
      let cache = try ResultCache(URL(fileURLWithPath: path)).open()
      limitFiles(toBytes: size + 1000)
      for number in 1000..<1500 { cache.store(Data("x".utf8), for: cacheKey("\(number)")) }
      try exitIfFull(cache, file: "/journal")
    }
    #expect(try fixture.bytes(fixture.journal).count == size + 96)
    let reopened = try fixture.open()
    #expect(reopened.found(["small"]) == ["small"])
    #expect(reopened.size == [1001, cacheData("small").count, 2])
    #expect((0..<1500).count { reopened.lookup(cacheKey("\($0)")) != nil } == 1000)
  }
}

/// A cache in a process that ends itself at a moment of its work.
private func openKilled(_ path: String, _ work: String, _ moment: String, limit: Int = 4 << 30) throws
  -> OpenResultCache
{
  let cache = ResultCache(URL(fileURLWithPath: path), limit: limit) { phase in
    if phase.work.rawValue == work, phase.moment.rawValue == moment { kill(getpid(), SIGKILL) }
  }
  return try cache.open()
}

/// Ends the process with 7 if a commit fails as it should, and if the cache is of use again when there is room.
private func exitIfFull(_ cache: OpenResultCache, file: String) throws {
  do {
    try cache.commit()
  } catch DataflowError.recordFailed(let path, let reason) where path.hasSuffix(file) && reason == "file too large" {
    let waits = cache.needsCommit
    cache.store("small")
    try cache.commit()
    exit(!waits && cache.found(["small"]) == ["small"] ? 7 : 1)
  }
}
