import Domain
import Foundation
import HTTP
import Storage
import TestSupport
import Testing

@testable import VectorStore

/// Writers that are killed, disks that are full, and readers in another process than the writer's.
@Suite(.serialized) struct EmbeddedCrashTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test(arguments: 0..<9)
  func `a writer that is killed at any moment leaves every document whole`(number: Int) async throws {
    // The first rounds end while the file is made and filled, the others while what is there is replaced.
    let rounds = number < 4 ? 1 : 2
    var random = SeededGenerator(seed: UInt64(number))
    for round in 0..<rounds {
      let delay = Int.random(in: number < 4 ? 0..<60_000 : 20_000..<250_000, using: &random)
      let path = folder.url.path
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = path as String, delay = delay as Int, first = round * 100_000 as Int] in
        killSelf(after: delay)
        try await write(to: path, versions: first..<Int.max)
      }
      try await expectWhole()
    }
  }

  @Test(arguments: [120_000, 400_000, 1_500_000])
  func `a full disk is an error that says so, and loses nothing`(limit: Int) async throws {
    let path = folder.url.path
    await #expect(processExitsWith: .exitCode(7)) { [path = path as String, limit = limit as Int] in
      limitFiles(toBytes: limit)
      do {
        try await write(to: path, versions: 0..<Int.max)
      } catch {
        exit("\(error)".contains("Check the free space") ? 7 : 1)
      }
    }
    try await expectWhole()
    // With room it goes on.
    try await write(to: path, versions: 1_000_000..<1_000_002)
    #expect(try confirmed() == 1_000_001)
    try await expectWhole()
  }

  @Test(.timeLimit(.minutes(15)))
  func `a reader beside a writer in another process sees whole versions, each no older than the last`() async throws {
    let path = folder.url.path
    try await write(to: path, versions: 0..<1)
    async let writing: Void = writeInAnotherProcess(versionsUpTo: 24)
    let store = try await Self.open(path)
    var last = 0
    while true {
      try Task.checkCancellation()
      let isLast = try confirmed() == 24
      // All documents of a version are written in one transaction: a search sees one version or another.
      let nearest = SearchQuery(text: "", vector: unitQuery(of: last), mode: .dense, limit: 1000)
      let hits = try await store.search(nearest)
      let versions = Set(hits.map { versionWritten(in: $0.text) })
      let version = try #require(versions.first)
      #expect(versions.count == 1 && version >= last)
      #expect(hits.count == chunkCount(of: version))
      let words = try await store.search(SearchQuery(text: "word", mode: .keyword, limit: 1000))
      #expect(Set(words.map { versionWritten(in: $0.text) }).count == 1)
      last = version
      if isLast { break }
    }
    await writing
    #expect(last == 24)
    try await expectWhole()
  }

  private func writeInAnotherProcess(versionsUpTo last: Int) async {
    let path = folder.url.path
    await #expect(processExitsWith: .exitCode(0)) { [path = path as String, last = last as Int] in
      try await write(to: path, versions: 1..<last + 1)
      exit(0)
    }
  }

  private static func open(_ path: String) async throws -> VectorStore {
    try await VectorStore.open("sqlite:\(path)/twin.sqlite", http: HTTPClient())
  }

  /// The last version that the writer was told is stored; -1 if none was.
  private func confirmed() throws -> Int {
    guard let data = FileManager.default.contents(atPath: folder.path("confirmed")) else { return -1 }
    return String(decoding: data, as: UTF8.self).split(separator: "\n").last.flatMap { Int($0) } ?? -1
  }

  /// The file is sound, its index that of its chunks, every document whole, and nothing confirmed is lost.
  private func expectWhole() async throws {
    let store = try await Self.open(folder.url.path)
    let driver = try #require(store.driver as? EmbeddedDriver)
    try await driver.database.checkIntegrity()
    #expect(try await driver.checkIndex().isWhole)
    #expect(try await store.verify().isSound)
    var versions: Set<Int> = []
    for try await document in store.cleanedDocuments(in: .articles) {
      let chunks = try await store.chunks(of: document.id, in: .articles)
      let version = versionWritten(in: document.text)
      #expect(chunks.map(\.chunk) == replacement(number(of: document), version).chunks.map(\.chunk))
      versions.insert(version)
    }
    let confirmed = try confirmed()
    #expect(versions.count <= 1, "half a transaction")
    #expect(versions.isEmpty ? confirmed == -1 : versions.allSatisfy { $0 >= confirmed })
  }

  private func number(of document: CleanedDocument) -> Int {
    document.link.split(separator: "/").last.flatMap { Int($0) } ?? -1
  }
}

private let documentCount = 20
private let model = EmbeddingModelInfo(name: "crash", digest: "1", dimension: 32, maximumTokens: 8)

/// A document in one of its versions: their chunks have other texts, vectors and numbers.
private func replacement(_ number: Int, _ version: Int) -> DocumentReplacement {
  let document = Corpus.document("\(number)", text: "version \(version)", fingerprint: "f\(version)")
  var random = SeededGenerator(seed: UInt64(number))
  let pieces = (0..<2 + version % 4).map { piece in
    (text: "version \(version) word \(number) \(piece)", vector: random.vector(model.dimension))
  }
  return DocumentReplacement(document: document, chunks: Corpus.chunks(of: document, pieces, model: model))
}

private func chunkCount(of version: Int) -> Int { documentCount * (2 + version % 4) }

private func versionWritten(in text: String) -> Int {
  text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? -1
}

private func unitQuery(of seed: Int) -> [Float] {
  var random = SeededGenerator(seed: UInt64(seed))
  return random.vector(model.dimension)
}

/// Stores all documents in one version after the other, and notes each version when it is stored.
private func write(to path: String, versions: Range<Int>) async throws {
  let store = try await VectorStore.open("sqlite:\(path)/twin.sqlite", http: HTTPClient())
  try await store.prepare(for: model)
  let file = open("\(path)/confirmed", O_CREAT | O_WRONLY | O_APPEND, 0o600)
  defer { close(file) }
  for version in versions {
    _ = try await store.replaceChunks((0..<documentCount).map { replacement($0, version) })
    let line = Array("\(version)\n".utf8)
    _ = Foundation.write(file, line, line.count)
  }
}
