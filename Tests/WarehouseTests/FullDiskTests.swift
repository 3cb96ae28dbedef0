import Foundation
import Storage
import TestSupport
import Testing
import Warehouse

import WarehouseEntries

/// An SQLite file that cannot grow: what was confirmed stays, the error says what to do, and with room it goes on.
@Suite("Full disk", .serialized) struct FullDiskTests {
  @Test(arguments: [600_000, 1_500_000])
  func `a limit of the files' size is an error that names the file, and loses nothing`(limit: Int) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("warehouse.sqlite")
    let stored = try await writeUntilFull(path, ["--file-limit", "\(limit)"])
    #expect(stored.count > 0)
    try await check(path, has: stored)
    try await goOn(path, after: stored.count)
  }

  /// The log can still grow, but what is in it can no longer be copied to the file.
  @Test func `a file that is larger than the limit already keeps what its log has confirmed`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("warehouse.sqlite")
    let before = try await write(path, ["--count", "1500"])
    #expect(before.status == 0, "\(before.error)")
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    #expect(size > 400_000)
    let stored = try await writeUntilFull(path, ["--first", "1500", "--file-limit", "\(size / 2)"])
    #expect(stored.count > 0)
    try await check(path, has: before.stored + stored)
    try await goOn(path, after: 1500 + stored.count)
  }

  @Test func `a limit that is too small for a new file is an error that names it`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("warehouse.sqlite")
    let writer = try await write(path, ["--file-limit", "20000", "--count", "20"])
    #expect(writer.status == 1)
    #expect(isClear(writer.error, path: path), "\(writer.error)")
    try await goOn(path, after: 0)
  }

  @Test(.enabled(if: SmallDisk.isPossible, "a small disk can be mounted only by root"))
  func `a full disk is an error that names the file, and loses nothing`() async throws {
    let disk = try SmallDisk(kilobytes: 2048)
    let path = disk.folder.path("warehouse.sqlite")
    let stored = try await writeUntilFull(path, [])
    #expect(stored.count > 0)
    // Another one finds the same disk, even with nothing left for a byte more.
    try disk.fill()
    let again = try await write(path, ["--first", "\(stored.count)", "--count", "20"])
    #expect(again.status == 1)
    #expect(isClear(again.error, path: path), "\(again.error)")
    try disk.empty()
    try await disk.grow(toKilobytes: 65_536)
    try await check(path, has: stored)
    try await goOn(path, after: stored.count)
  }

  @Test(.enabled(if: SmallDisk.isPossible, "a small disk can be mounted only by root"))
  func `a disk that is full when the file is made is an error that names it`() async throws {
    let disk = try SmallDisk(kilobytes: 64)
    let path = disk.folder.path("warehouse.sqlite")
    let writer = try await write(path, ["--count", "20"])
    #expect(writer.status == 1)
    #expect(isClear(writer.error, path: path), "\(writer.error)")
    try await disk.grow(toKilobytes: 65_536)
    try await goOn(path, after: 0)
  }

  /// What a writer was told, and how it ended.
  private struct Ending {
    var stored: [Int] = []
    var status: Int32
    var error: String
  }

  private func write(_ path: String, _ arguments: [String]) async throws -> Ending {
    let writer = try WriterProcess("sqlite:\(path)", arguments)
    var stored: [Int] = []
    for await line in writer.lines where line != "open" {
      stored += try JSONDecoder().decode(Acknowledgement.self, from: Data(line.utf8)).stored
    }
    let (status, error) = try await writer.ended()
    return Ending(stored: stored, status: status, error: error)
  }

  /// - Returns: the numbers of the documents that were confirmed.
  private func writeUntilFull(_ path: String, _ arguments: [String]) async throws -> [Int] {
    let writer = try await write(path, arguments)
    #expect(writer.status == 1)
    #expect(isClear(writer.error, path: path), "\(writer.error)")
    return writer.stored
  }

  /// Whether a message is one line that names the file, what is wrong, and what to do.
  private func isClear(_ message: String, path: String) -> Bool {
    let lines = message.split(separator: "\n")
    return lines.count == 1 && message.contains(path) && message.contains("disk") && message.contains("free space")
      && message.contains("run again")
  }

  /// Reads all, which copies the log to the file, and compares it.
  private func check(_ path: String, has stored: [Int]) async throws {
    try await EmbeddedDatabase(path: path, migrations: Warehouse.migrations).checkIntegrity()
    let warehouse = try await Warehouse.open("sqlite:\(path)")
    let entries = try await warehouse.collection(Entry.self).all(sortedBy: .ascending(.number))
    // What failed is not there by half: all that is there was confirmed.
    #expect(entries.map(\.number) == stored.sorted())
    #expect(entries.allSatisfy { $0.isWhole(writers: 0...0) })
  }

  /// Writes more, now that there is room.
  private func goOn(_ path: String, after count: Int) async throws {
    let writer = try await write(path, ["--first", "\(count)", "--count", "500"])
    #expect(writer.status == 0, "\(writer.error)")
    try await check(path, has: Array(0..<count + 500))
  }
}
