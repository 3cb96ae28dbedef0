import Dataflow
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct QuarantineTests {
  let folder: TemporaryFolder
  let quarantine: Quarantine

  init() throws {
    folder = try TemporaryFolder()
    quarantine = Quarantine(folder.url.appending(path: "quarantine"))
  }

  /// Runs a fan-out over `items` in which those of `bad` fail; with `load` failing as a whole if there are no items.
  @discardableResult
  func run(
    _ items: [String], bad: Set<String>, pipeline: String = "p", isRestricted: Bool = false,
    in quarantine: Quarantine? = nil
  ) async throws -> RunRecord {
    let graph = Graph([
      StepNode<Void>("load") { _, _ -> [String] in
        if items.isEmpty { throw Broken(description: "no source") }
        return items
      },
      StepNode<Void>(
        "crawl", needs: [Need("load", [String].self)], produces: ValueType([String].self),
        fan: .each("load", [String].self, producing: String.self),
        body: .plain { _, arguments in
          let item = try arguments.value(0, as: String.self)
          if bad.contains(item) { throw Broken(description: "\(item) is gone") }
          return item
        }),
    ])
    return try await graph.run(
      ["crawl"],
      options: RunOptions(pipeline: pipeline, quarantine: quarantine ?? self.quarantine, isRestricted: isRestricted)
    ).record
  }

  @Test func `attempts grow from run to run, and the first time is kept`() async throws {
    try await run(["a", "b"], bad: ["b"])
    let first = try #require(quarantine.list().first)
    let record = try await run(["a", "b"], bad: ["b"])
    let second = try #require(quarantine.list().first)
    #expect(quarantine.list().count == 1)
    #expect(record.failures == [Failure(step: "crawl", item: "b", error: "b is gone", attempts: 2)])
    #expect((second.pipeline, second.step, second.item) == ("p", "crawl", "b"))
    #expect(second.attempts == 2)
    #expect(second.first == first.first)
    #expect(second.last >= first.last)
  }

  @Test func `an item that goes well, or is no longer there, leaves`() async throws {
    try await run(["a", "b", "c"], bad: ["b", "c"])
    try await run(["a"], bad: [], pipeline: "other")
    #expect(Set(quarantine.list().compactMap(\.item)) == ["b", "c"])
    try await run(["a", "b"], bad: [])
    #expect(quarantine.list().isEmpty)
  }

  @Test func `in a run over some items only those that go well leave`() async throws {
    try await run(["a", "b", "c", "d"], bad: ["b", "c", "d"])
    try await run(["a", "b", "c"], bad: ["c"], isRestricted: true)
    let left = quarantine.list().sorted { ($0.item ?? "") < ($1.item ?? "") }
    #expect(left.map(\.item) == ["c", "d"])
    #expect(left.map(\.attempts) == [2, 1])
  }

  @Test func `a step that loops itself says which items went well`() async throws {
    func run(bad: Set<String>) async throws {
      let graph = Graph([
        StepNode<Void>("crawl") { _, _ in
          for item in ["a", "b"] {
            if bad.contains(item) {
              StepContext.current.quarantine(item: item, reason: "it is gone")
            } else {
              StepContext.current.succeed(item: item)
            }
          }
          return 0
        }
      ])
      let options = RunOptions(pipeline: "p", quarantine: quarantine, isRestricted: true)
      _ = try await graph.run(["crawl"], options: options)
    }
    try await run(bad: ["a", "b"])
    try await run(bad: ["b"])
    #expect(quarantine.list().map(\.item) == ["b"])
  }

  @Test func `scopes that share a folder leave each other's entries alone`() async throws {
    let first = Quarantine(quarantine.folder, scope: "/a/twin.yaml")
    let second = Quarantine(quarantine.folder, scope: "/b/twin.yaml")
    try await run(["a", "b"], bad: ["a", "b"], in: first)
    try await run(["b", "c"], bad: ["b", "c"], in: second)
    try await run(["d"], bad: ["d"])
    #expect(Set(first.list().compactMap(\.item)) == ["a", "b"])
    #expect(second.list().map(\.attempts) == [1, 1])
    #expect(quarantine.list(pipeline: "p").count == 5)
    #expect(quarantine.list().allSatisfy { !$0.scope.contains("twin") })
    try await run(["a", "b"], bad: [], in: first)
    try await run([], bad: [])
    try await run(["d"], bad: [])
    #expect(first.list().isEmpty)
    #expect(Set(quarantine.list().compactMap(\.item)) == ["b", "c"])
    let entry = try #require(second.list().first)
    try second.remove(entry)
    #expect(second.list().count == 1)
  }

  @Test func `what the system refuses is said in its words`() async throws {
    try folder.write("", to: "file")
    let blocked = Quarantine(folder.url.appending(path: "file/quarantine"))
    let error = await #expect(throws: DataflowError.self) { try await run(["b"], bad: ["b"], in: blocked) }
    #expect(
      error?.description.contains("the folder cannot be made: not a directory") == true, "\(error?.description ?? "")")
    try await run(["b"], bad: ["b"])
    let entry = try #require(quarantine.list().first)
    try quarantine.remove(entry)
    let gone = #expect(throws: DataflowError.self) { try quarantine.remove(entry) }
    #expect(gone?.description.contains(": no such file or directory") == true, "\(gone?.description ?? "")")
    #expect(gone?.description.contains("..") == false)
  }

  @Test func `while a step cannot run its items stay`() async throws {
    try await run(["a", "b"], bad: ["b"])
    try await run([], bad: [])
    #expect(Set(quarantine.list().map(\.step)) == ["crawl", "load"])
    #expect(quarantine.list().first { $0.step == "load" }?.item == nil)
    try await run(["b"], bad: [])
    #expect(quarantine.list().isEmpty)
  }

  @Test func `a torn entry is passed over and written anew`() async throws {
    try await run(["b"], bad: ["b"])
    let entry = try #require(quarantine.list().first)
    try folder.write("{", to: "quarantine/p/\(entry.id).json")
    #expect(quarantine.list().isEmpty)
    try await run(["b"], bad: ["b"])
    #expect(quarantine.list().map(\.attempts) == [1])
  }

  @Test func `an entry can be removed by hand`() async throws {
    try await run(["b"], bad: ["b"])
    let entry = try #require(quarantine.list(pipeline: "p").first)
    try quarantine.remove(entry)
    #expect(quarantine.list().isEmpty)
    #expect(throws: DataflowError.self) { try quarantine.remove(entry) }
  }
}
