import Domain
import Foundation
import GRDB
import Storage
import TestSupport
import Testing

@testable import Warehouse

/// Rows of an SQLite file that are JSON and no documents: nothing may pass over them in silence.
@Suite("Unreadable rows") struct UnreadableRowTests {
  private let folder: TemporaryFolder
  private let database: EmbeddedDatabase

  init() throws {
    folder = try TemporaryFolder()
    database = try EmbeddedDatabase(path: folder.path("from.sqlite"), migrations: Warehouse.migrations)
  }

  /// A warehouse of the collection `t`, of whose documents some are unreadable.
  private func make(_ ids: [String], unreadable: Set<String>) async throws -> Warehouse {
    let warehouse = Warehouse(database: database)
    let path = try folder.write(ids.map { #"{"_id":"\#($0)","v":1}"# }.joined(separator: "\n"), to: "t.jsonl")
    #expect(try await warehouse.importFile(path, collection: "t").inserted == ids.count)
    try await spoil(unreadable, in: database)
    return warehouse
  }

  private func spoil(_ ids: Set<String>, in database: EmbeddedDatabase) async throws {
    try await database.write { database in
      for id in ids {
        try database.execute(
          sql: "UPDATE t SET document = ? WHERE id = ?", arguments: [#"{"_id":"\#(id)","v":{"$oid":"x"}}"#, id])
      }
    }
  }

  @Test func `an export counts and names them`() async throws {
    let warehouse = try await make(["A", "b", "c"], unreadable: ["A", "c"])
    let report = try await warehouse.export(to: folder.path("out"))
    let file = try #require(report.files.first { $0.collection == "t" })
    #expect((file.count, file.failed, report.failed) == (1, 2, 2))
    #expect(file.failures.map(\.id) == ["A", "c"])
    #expect(file.failures.allSatisfy { !$0.reason.isEmpty }, "\(file.failures)")
    #expect(try String(contentsOfFile: file.path, encoding: .utf8).split(separator: "\n").count == 1)
  }

  @Test func `a copy counts and names them, and does not call both sides the same`() async throws {
    let ids = (0..<1200).map { String($0 + 10_000) }
    let warehouse = try await make(ids, unreadable: ["10000", "10700"])
    let target = try await TestStore.sqlite.make()
    for isRepeated in [false, true] {
      let report = try await warehouse.copy(to: target.open())
      let copied = try #require(report.collections.first { $0.name == "t" })
      #expect((copied.inserted, copied.unchanged) == (isRepeated ? (0, 1198) : (1198, 0)))
      #expect(copied.failed == 2 && copied.failures.map(\.id) == ["10000", "10700"])
      #expect(copied.verification.leftOut == 2 && copied.verification.sourceCount == 1198)
      #expect(report.failed == 2 && report.isVerified, "what was copied is the same")
    }
  }

  @Test func `one that came between copying and comparing is a difference`() async throws {
    let source = try await make(["1", "2", "3"], unreadable: [])
    let other = try EmbeddedDatabase(path: folder.path("to.sqlite"), migrations: Warehouse.migrations)
    let target = Warehouse(database: other)
    #expect(try await source.copy(to: target).isVerified)
    for spoilt in [other, database] {
      try await spoil(["2"], in: spoilt)
      let verification = try await CollectionCopy(
        name: "t", source: try await source.driver(forRaw: "t"), target: try await target.driver(forRaw: "t"),
        progress: nil
      ).verified(leavingOut: [], total: 3)
      #expect(!verification.isSound && verification.differing == ["2"])
      #expect((verification.sourceCount, verification.targetCount, verification.others) == (3, 3, 0))
    }
  }

  @Test func `in a target they are replaced, or are among the others`() async throws {
    let target = try await make(["1", "2", "3"], unreadable: ["2", "3"])
    let source = try await TestStore.sqlite.make()
    let path = try folder.write(#"{"_id":"1","v":1}"# + "\n" + #"{"_id":"2","v":1}"#, to: "t.jsonl")
    _ = try await source.open().importFile(path, collection: "t")
    let report = try await source.open().copy(to: target)
    let copied = try #require(report.collections.first { $0.name == "t" })
    #expect((copied.unchanged, copied.updated, copied.failed, copied.verification.others) == (1, 1, 0, 1))
    #expect(report.isVerified && copied.verification.leftOut == 0)
  }
}
