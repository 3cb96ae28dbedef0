import Dataflow
import Domain
import Foundation
import TestSupport
import Testing

@testable import Pipelines

/// Imports as runs: their records, and what becomes of bad rows.
@Suite struct ImportRunTests {
  let folder: TemporaryFolder
  let runner: PipelineRunner

  init() throws {
    folder = try TemporaryFolder()
    runner = PipelineRunner(try folder.stores("author: Ada Example\nembedding: {model: hash}\n"))
  }

  private var configuration: Configuration { runner.stores.configuration }

  private func row(_ number: Int, text: String = #""Text.""#) -> String {
    #"{"_id":"0e6f0b5f-6c3e-4bd4-9b1a-00000000000\#(number)","content":{"Content":\#(text)},"platform":"x","#
      + #""link":"l\#(number)","author_id":"eff74089-0271-4319-8543-745c087f4f61","author_full_name":"Ada Example"}"#
  }

  private func items() -> [String] {
    configuration.quarantine.list(pipeline: "warehouse.import").compactMap(\.item).sorted()
  }

  @Test func `bad rows are put aside with what they are, until the file has better ones`() async throws {
    let path = try folder.write([row(1), row(2, text: "5"), "{torn"].joined(separator: "\n"), to: "articles.jsonl")
    let (record, reports) = try await runner.importFiles([path])
    #expect(record.status == .partial && record.pipeline == "warehouse.import")
    #expect(reports.map(\.inserted) == [1] && reports.map(\.failed) == [2])
    #expect(items() == ["\(path):2", "\(path):3"])
    let kept = try #require(configuration.importShelf.row(named: "\(path):3"))
    #expect(kept.content == Data("{torn".utf8) && kept.collection == "articles")
    #expect(configuration.runStore.list(pipeline: "warehouse.import").runs.map(\.runID) == [record.runID])

    let again = try await runner.retry(configuration.quarantine.list())
    #expect(again.map(\.status) == [.partial])
    #expect(configuration.quarantine.list().map(\.attempts) == [2, 2])

    try folder.write([row(1), row(2), "{torn"].joined(separator: "\n"), to: "articles.jsonl")
    let entry = try #require(configuration.quarantine.list().first { $0.item == "\(path):2" })
    let refused = try await runner.retry([entry])
    #expect(refused.first?.failures.first?.error.contains("Import the file again") == true, "\(refused)")

    let better = try await runner.importFiles([path])
    #expect(better.reports.map(\.inserted) == [1] && better.reports.map(\.failed) == [1])
    #expect(items() == ["\(path):3"])
    #expect(configuration.importShelf.rows().map(\.item) == ["\(path):3"])
    try folder.write([row(1), row(2)].joined(separator: "\n"), to: "articles.jsonl")
    #expect(try await runner.importFiles([path]).record.status == .unchanged)
    #expect(items().isEmpty && configuration.importShelf.rows().isEmpty)
  }

  @Test func `an import of one file leaves the bad rows of another alone`() async throws {
    let bad = try folder.write("{torn", to: "posts.jsonl")
    let good = try folder.write(row(1), to: "articles.jsonl")
    _ = try await runner.importFiles([bad])
    _ = try await runner.importFiles([good])
    #expect(items() == ["\(bad):1"])
    #expect(configuration.importShelf.row(named: "\(bad):1") != nil)
  }

  @Test func `a row that can be stored by now is, also when its file is gone`() async throws {
    let path = try folder.write("{torn", to: "articles.jsonl")
    _ = try await runner.importFiles([path])
    try FileManager.default.removeItem(atPath: path)
    // What was kept is what is tried.
    var kept = try #require(configuration.importShelf.row(named: "\(path):1"))
    kept.content = Data(row(1).utf8)
    try configuration.importShelf.keep(kept)
    let records = try await runner.retry(configuration.quarantine.list())
    #expect(records.map(\.status) == [.succeeded])
    #expect(items().isEmpty && configuration.importShelf.rows().isEmpty)
    #expect(try await runner.stores.warehouse().document(link: "l1") != nil)
  }

  @Test func `a file of which nearly every row is bad does not fill the disk`() async throws {
    let path = try folder.write(
      Array(repeating: "{torn", count: ImportReport.maximumFailures + 50).joined(separator: "\n"), to: "users.jsonl")
    let (record, reports) = try await runner.importFiles([path])
    #expect(reports.map(\.failed) == [ImportReport.maximumFailures + 50])
    #expect(record.failures.count == ImportReport.maximumFailures + 1)
    #expect(record.failures.last?.item == path && record.failures.last?.error.hasPrefix("50 more rows") == true)
    let others = "\(ImportReport.maximumFailures + 1)-\(ImportReport.maximumFailures + 50)"
    #expect(reports.map(\.otherFailedRows.description) == [others])
    #expect(record.failures.last?.error.contains(others) == true)
  }

  @Test func `what cannot be imported is said before anything is`() async throws {
    let good = try folder.write(row(1), to: "articles.jsonl")
    let odd = try folder.write(row(1), to: "dump.json")
    await #expect(throws: WarehouseError.self) { try await runner.importFiles([good, odd]) }
    await #expect(throws: WarehouseError.self) { try await runner.importFiles([good, folder.path("users.json")]) }
    #expect(try await runner.stores.warehouse().document(link: "l1") == nil)
  }
}
