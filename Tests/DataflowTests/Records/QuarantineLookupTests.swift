import Dataflow
import Foundation
import TestSupport
import Testing

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

  @Test func `a scope's quarantine finds its own entries only`() throws {
    try put("aab0", item: "first")
    #expect(throws: DataflowError.self) { try Quarantine(folder.url, scope: "/twin.yaml").find("aab0") }
  }
}
