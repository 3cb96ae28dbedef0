import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Warehouse

/// Imports that end early and are gone on with.
@Suite("Resuming an import", .dropsDatabases) struct ImportResumingTests {
  private static let rowCount = 1200

  private func row(_ number: Int) -> String {
    let author = #""author_id":"eff74089-0271-4319-8543-745c087f4f61","author_full_name":"Ada Example""#
    let content = number % 400 == 3 ? "5" : #"{"Content":"Text \#(number)."}"#
    return #"{"_id":"\#(id(number))","content":\#(content),"platform":"x","link":"l\#(number)",\#(author)}"#
  }

  private func id(_ number: Int) -> String {
    "0e6f0b5f-6c3e-4bd4-9b1a-" + String(repeating: "0", count: 12 - String(number).count) + String(number)
  }

  /// A file of articles, of which three are bad.
  private func makeFile(in folder: TemporaryFolder, isArray: Bool) throws -> String {
    let rows = (1...Self.rowCount).map(row)
    return try folder.write(
      isArray ? "[" + rows.joined(separator: ",\n ") + "]\n" : rows.joined(separator: "\n") + "\n",
      to: "articles.json")
  }

  /// Imports until two batches are done, 1000 rows, and no further.
  private func interrupt(
    _ path: String, into warehouse: Warehouse, collection: String? = nil, checkpoint: String
  ) async throws {
    let task = Mutex<Task<ImportReport, any Error>?>(nil)
    var options = ImportOptions()
    options.checkpoint = checkpoint
    options.progress = { progress in
      if progress.completed >= Self.rowCount / 2 { task.withLock { $0?.cancel() } }
    }
    let running = task.withLock { task in
      let running = Task { [options] in
        try await warehouse.importFile(path, collection: collection, options: options)
      }
      task = running
      return running
    }
    await #expect(throws: CancellationError.self) { try await running.value }
  }

  @Test(arguments: TestStore.available, [false, true])
  func `it goes on where it stopped, and its report is about all rows`(store: TestStore, isArray: Bool) async throws {
    let warehouse = try await store.make().open()
    let folder = try TemporaryFolder()
    let path = try makeFile(in: folder, isArray: isArray)
    let checkpoint = folder.path("state/checkpoint.json")
    try await interrupt(path, into: warehouse, checkpoint: checkpoint)
    let half = try await warehouse.collection(.articles).count()
    #expect(half > 0 && half < Self.rowCount - 3)

    // What was done before is not done again: this one would be back.
    let second = Identifier(existing: id(2))
    #expect(try await warehouse.delete([second], in: .articles) == 1)
    var options = ImportOptions()
    options.checkpoint = checkpoint
    let report = try await warehouse.importFile(path, options: options)
    #expect(report.resumedAfter >= half)
    #expect((report.inserted, report.failed, report.rows) == (Self.rowCount - 3, 3, Self.rowCount))
    #expect(report.failures.map(\.row) == [3, 403, 803].map { "\(isArray ? "element" : "line") \($0)" })
    for (failure, number) in zip(report.failures, [3, 403, 803]) {
      let content = try #require(try await failure.contentInFile())
      #expect(String(decoding: content, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) == row(number))
    }
    #expect(try await warehouse.collection(.articles).count() == Self.rowCount - 4)

    options.restarts = true
    let again = try await warehouse.importFile(path, options: options)
    #expect((again.inserted, again.unchanged, again.resumedAfter) == (1, Self.rowCount - 4, 0))
  }

  @Test(arguments: TestStore.available, ["articles", "recipes"])
  func `a warehouse that was emptied meanwhile gets all rows again`(
    store: TestStore, collection: String
  ) async throws {
    for isEmptied in [false, true] {
      let warehouse = try await store.make().open()
      let folder = try TemporaryFolder()
      let path = try makeFile(in: folder, isArray: false)
      var options = ImportOptions()
      options.checkpoint = folder.path("checkpoint.json")
      try await interrupt(path, into: warehouse, collection: collection, checkpoint: folder.path("checkpoint.json"))
      let driver = try await warehouse.driver(forRaw: collection)
      if isEmptied { #expect(try await driver.delete(.all([]), in: collection) > 0) }
      let report = try await warehouse.importFile(path, collection: collection, options: options)
      #expect((report.resumedAfter == 0) == isEmptied)
      let bad = collection == "articles" ? 3 : 0
      #expect((report.inserted, report.failed) == (Self.rowCount - bad, bad))
      #expect(try await driver.count(.all([]), in: collection) == Self.rowCount - bad)
    }
  }

  @Test(arguments: [1, 1000], [false, true])
  func `an older state of the warehouse gets all rows again`(row: Int, isChanged: Bool) async throws {
    let warehouse = try await TestStore.sqlite.make().open()
    let folder = try TemporaryFolder()
    let path = try makeFile(in: folder, isArray: true)
    var options = ImportOptions()
    options.checkpoint = folder.path("checkpoint.json")
    try await interrupt(path, into: warehouse, checkpoint: folder.path("checkpoint.json"))
    var document = try #require(try await warehouse.document(link: "l\(row)"))
    if isChanged {
      document = RawDocument(
        category: .articles, link: document.link, platform: "x", author: ada, title: nil, text: "As it was before.")
      #expect(try await warehouse.save([document]) == [.updated])
    } else {
      #expect(try await warehouse.delete([document.id], in: .articles) == 1)
    }
    let report = try await warehouse.importFile(path, options: options)
    #expect(report.resumedAfter == 0)
    #expect((report.updated, report.failed) == (isChanged ? 1 : 0, 3))
    #expect(try await warehouse.document(link: "l\(row)")?.text == "Text \(row).")
  }

  @Test func `a file that has changed is imported from its beginning`() async throws {
    let warehouse = try await TestStore.sqlite.make().open()
    let folder = try TemporaryFolder()
    let path = try makeFile(in: folder, isArray: false)
    let checkpoint = folder.path("checkpoint.json")
    try await interrupt(path, into: warehouse, checkpoint: checkpoint)
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data((row(Self.rowCount + 1) + "\n").utf8))
    try handle.close()
    var options = ImportOptions()
    options.checkpoint = checkpoint
    let report = try await warehouse.importFile(path, options: options)
    #expect(report.resumedAfter == 0)
    #expect(report.rows == Self.rowCount + 1)
  }

  @Test func `a checkpoint of another warehouse is passed over`() async throws {
    let folder = try TemporaryFolder()
    let path = try makeFile(in: folder, isArray: false)
    var options = ImportOptions()
    options.checkpoint = folder.path("checkpoint.json")
    let one = try await TestStore.sqlite.make()
    let other = try await TestStore.sqlite.make()
    _ = try await one.open().importFile(path, options: options)
    #expect(try await other.open().importFile(path, options: options).inserted == Self.rowCount - 3)
  }

  @Test func `a checkpoint that is torn anywhere costs time and nothing else`() async throws {
    let warehouse = try await TestStore.sqlite.make().open()
    let folder = try TemporaryFolder()
    let path = try folder.write((1...20).map(row).joined(separator: "\n"), to: "articles.jsonl")
    let checkpoint = folder.path("checkpoint.json")
    var options = ImportOptions()
    options.checkpoint = checkpoint
    #expect(try await warehouse.importFile(path, options: options).inserted == 19)
    let whole = try Data(contentsOf: URL(filePath: checkpoint))
    for count in stride(from: 0, to: whole.count, by: 37) {
      try whole.prefix(count).write(to: URL(filePath: checkpoint))
      let report = try await warehouse.importFile(path, options: options)
      #expect((report.unchanged, report.failed, report.resumedAfter) == (19, 1, 0), "cut at \(count)")
    }
    #expect(try await warehouse.importFile(path, options: options).resumedAfter == 20)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 2)
  }

  @Test func `a checkpoint that cannot be written ends the import with the reason`() async throws {
    let warehouse = try await TestStore.sqlite.make().open()
    let folder = try TemporaryFolder()
    let path = try folder.write(row(1), to: "articles.jsonl")
    var options = ImportOptions()
    options.checkpoint = try folder.write("", to: "file") + "/checkpoint.json"
    let error = await #expect(throws: WarehouseError.self) {
      try await warehouse.importFile(path, options: options)
    }
    #expect(error?.description.hasPrefix("cannot write \(folder.path("file"))") == true, "\(String(describing: error))")
  }
}
