import Domain
import Foundation
import Storage
import TestSupport
import Testing

@testable import Warehouse

/// Files where nothing can be written: on a medium that is mounted so.
@Suite("Read-only files", .enabled(if: SmallDisk.isPossible, "only root may mount a disk")) struct ReadOnlyTests {
  private let disk: SmallDisk
  private let folder: TemporaryFolder

  init() throws {
    disk = try SmallDisk(kilobytes: 8192)
    folder = try TemporaryFolder()
  }

  /// A warehouse with an article in a file, of which the disk gets some parts.
  private func fill(_ suffixes: [String]) async throws -> String {
    let path = folder.path("w.sqlite")
    let warehouse = try await Warehouse.open("sqlite:\(path)")
    _ = try await warehouse.save([article(1)])
    if !suffixes.contains("-wal") {
      // What is in the log only goes into the file.
      let checkpoint = try await run(
        testPython,
        ["-c", "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('pragma wal_checkpoint(truncate)')", path])
      #expect(checkpoint.status == 0, "\(checkpoint)")
    }
    for suffix in suffixes {
      try FileManager.default.copyItem(atPath: path + suffix, toPath: disk.folder.path("w.sqlite" + suffix))
    }
    let mounted = try await run("mount", ["-o", "remount,ro", disk.folder.url.path])
    #expect(mounted.status == 0, "\(mounted)")
    withExtendedLifetime(warehouse) {}
    return "sqlite:" + disk.folder.path("w.sqlite")
  }

  @Test(arguments: [[""], ["", "-wal", "-shm"]])
  func `a warehouse is counted, exported and copied`(suffixes: [String]) async throws {
    let url = try await fill(suffixes)
    let warehouse = try await Warehouse.open(existing: url)
    #expect(try await warehouse.statistics().count == 1)
    #expect(try await warehouse.document(link: article(1).link) == article(1))
    #expect(try await warehouse.export(to: folder.path("export")).files.map(\.count) == [0, 0, 1, 0])
    let copied = try await warehouse.copy(to: TestStore.sqlite.make().open())
    #expect(copied.isVerified && copied.collections.map(\.inserted) == [0, 0, 1, 0])
    let error = await #expect(throws: StorageError.self) { try await warehouse.save([article(2)]) }
    #expect(error?.description.contains("readonly") == true, "\(String(describing: error))")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: disk.folder.url.path).sorted()
        == suffixes.map { "w.sqlite" + $0 }.sorted())
  }

  @Test func `one whose last documents are in the log only says what to do`() async throws {
    let url = try await fill(["", "-wal"])
    let error = await #expect(throws: StorageError.self) { try await Warehouse.open(existing: url) }
    #expect(error?.description.contains("w.sqlite-wal") == true, "\(String(describing: error))")
    #expect(error?.description.contains("Copy both") == true)
  }

  @Test func `what would have to be written is not opened to be read`() async throws {
    let url = try await fill([""])
    await #expect(throws: StorageError.self) { try await Warehouse.open(url) }
    let newer = Warehouse.migrations + [Migration("warehouse-99") { _ in }]
    let error = #expect(throws: StorageError.self) {
      try EmbeddedDatabase(path: disk.folder.path("w.sqlite"), migrations: newer, isForReading: true)
    }
    #expect(error?.description.contains("brought up to date (warehouse-99)") == true, "\(String(describing: error))")
  }
}
