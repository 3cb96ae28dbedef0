import Dataflow
import Foundation
import Testing

@testable import WordStatistics

@Suite struct StatisticsTests {
  let statistics = Statistics(ignored: ["and"])

  @Test func `a step is a plain method, which a test calls as it is`() {
    let text = Text(name: "a", content: "Salt and water, salt and Zeit.")
    #expect(statistics.words(texts: text, minimum: 4) == ["salt", "water", "salt", "zeit"])
  }

  @Test func `a value in the place of a step spares what only that needs`() async throws {
    // No folder is read: `texts` is given.
    let ranking = try await statistics(
      .ranking, .init(folder: "/nowhere", order: .frequency),
      overrides: [.texts([Text(name: "a", content: "one two two"), Text(name: "b", content: "two one six")])])
    #expect(ranking == [("two", 3), ("one", 2), ("six", 1)].map { WordCount(word: $0, count: $1) })
  }

  @Test func `a bad file is put aside and a second run computes only what changed`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let options = RunOptions(
      store: RunStore(folder.appending(path: "runs")), quarantine: Quarantine(folder.appending(path: "quarantine")),
      cache: ResultCache(folder.appending(path: "cache")))
    func run() async throws -> Statistics.Run {
      try await statistics.run([.summary], .init(folder: folder.path, order: .alphabet), options: options)
    }
    func write(_ content: [UInt8], to name: String) throws {
      try Data(content).write(to: folder.appending(path: name))
    }
    try write(Array("the first text".utf8), to: "a.txt")
    try write([0x61, 0xE9], to: "b.txt")

    let first = try await run()
    #expect(first.record.status == .partial)
    #expect(
      first.record.failures.map { "\($0.item ?? ""): \($0.error)" }
        == ["b.txt: its byte 1 is not UTF-8; save it in that encoding"])
    #expect(try first.value(.summary) == Summary(texts: 1, words: 3, distinct: 3))

    try write(Array("the second text".utf8), to: "b.txt")
    let second = try await run()
    #expect(second.record.status == .succeeded)
    let texts = try #require(second.record.steps.first { $0.name == "texts" })
    #expect((texts.items.computed, texts.items.cached) == (1, 1))
    #expect(try second.value(.summary) == Summary(texts: 2, words: 6, distinct: 4))
    // `files` always runs; what it gives is the same, and so nothing else does.
    let third = try await run()
    #expect(third.record.steps.filter { $0.items.computed > 0 }.map(\.name) == ["files"])
  }

  @Test func `a folder without words is an error`() async throws {
    let empty: [Text] = []
    await #expect(throws: DataflowError.self) {
      try await statistics(.words, .init(folder: "/nowhere", order: .alphabet), overrides: [.texts(empty)])
    }
  }
}
