import Foundation
import TestSupport
import Testing

@testable import Dataflow

@Suite struct QuarantineLookupTests {
  let folder: TemporaryFolder
  let quarantine: Quarantine

  init() throws {
    folder = try TemporaryFolder()
    quarantine = Quarantine(folder.url)
  }

  func put(_ id: String, item: String, parent: String? = nil) throws {
    let parent = parent.map { #", "parent": "\#($0)""# } ?? ""
    try folder.write(
      """
      {"id": "\(id)", "scope": "", "pipeline": "etl", "step": "crawl", "item": "\(item)"\(parent), "error": "gone",
       "attempts": 1, "first": "2026-01-02T03:04:05.000Z", "last": "2026-01-02T03:04:05.000Z"}
      """, to: "etl/\(id).json")
  }

  @Test func `an entry is found by the beginning of its id`() throws {
    try put("aab0", item: "first")
    try put("aac0", item: "second", parent: "list")
    #expect(try quarantine.find("AAB").item == "first")
    #expect(try quarantine.find("aac0").parent == "list")
    #expect(try quarantine.find("aab0").parent == nil)
    let ambiguous = #expect(throws: DataflowError.self) { try quarantine.find("aa") }
    #expect(ambiguous?.description == "'aa' fits 2 quarantined items: aac0, aab0; say which one")
    for unknown in ["ff", ""] {
      let error = #expect(throws: DataflowError.self) { try quarantine.find(unknown) }
      #expect(error?.description.hasPrefix("there is no quarantined item '\(unknown)' in ") == true)
    }
  }

  @Test func `an item that was put aside within another one keeps that one's name`() throws {
    func run(_ number: Int, parents: [String]) throws -> RunRecord {
      let failures = parents.map { parent -> JSONValue in
        ["step": "crawl", "item": "page 2", "parent": .string(parent), "error": "gone", "attempts": 1]
      }
      return try RecordedRuns().add(number, steps: [step("crawl")], ["failures": .array(failures)])
    }
    _ = try quarantine.settle(run(1, parents: ["https://a", "https://b"]), recovered: nil)
    #expect(Set(quarantine.list().map(\.parent)) == ["https://a", "https://b"])
    let failures = try quarantine.settle(run(2, parents: ["https://b"]), recovered: nil)
    #expect(failures.map(\.attempts) == [2])
    #expect(quarantine.list().map(\.parent) == ["https://b"])
    #expect(quarantine.list().map(\.attempts) == [2])
    _ = try quarantine.settle(run(3, parents: []), recovered: ["crawl": ["page 1"]])
    #expect(quarantine.list().count == 1)
    _ = try quarantine.settle(run(4, parents: []), recovered: ["crawl": ["page 2"]])
    #expect(quarantine.list().isEmpty)
  }

  @Test func `a scope's quarantine finds its own entries only`() throws {
    try put("aab0", item: "first")
    #expect(throws: DataflowError.self) { try Quarantine(folder.url, scope: "/twin.yaml").find("aab0") }
  }
}
