import Dataflow
import Domain
import Foundation
import Pipelines
import TestSupport
import Testing

@Suite struct PipelineRunnerTests {
  let folder: TemporaryFolder
  let runner: PipelineRunner

  init() throws {
    folder = try TemporaryFolder()
    for name in ["one", "two"] { try folder.write("# \(name)\n\nWhat I think of \(name).\n", to: "notes/\(name).md") }
    runner = PipelineRunner(
      try folder.stores("author: Ada Example\nsources: [notes]\nembedding: {model: hash}\n"))
  }

  /// Every file below the folder with its bytes.
  private func files() throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.url.path) {
      files[name] = FileManager.default.contents(atPath: folder.path(name)) ?? Data()
    }
    return files
  }

  @Test func `a preview says what the run then does, and touches nothing`() async throws {
    let before = try files()
    let crawl = try await runner.preview(.etl)
    #expect(crawl.steps.first { $0.name == "crawlJobs" }?.items.out == 1)
    #expect(crawl.steps.first { $0.name == "storedAuthors" }?.action == .act)
    #expect(try files() == before)

    #expect(try await runner.run(.etl).status == .succeeded)
    let crawled = try files()
    let preview = try await runner.preview(.features)
    #expect(try files() == crawled)
    let changed = try #require(preview.steps.first { $0.name == "changedDocuments" })
    let run = try await runner.run(.features)
    #expect(run.status == .succeeded)
    #expect(run.steps.first { $0.name == "changedDocuments" }?.items.computed == changed.items.computed)
    #expect(changed.items.computed == 2)

    let after = try files()
    let again = try await runner.preview(.features)
    #expect(again.steps.first { $0.name == "changedDocuments" }?.items.computed == 0)
    #expect(try files() == after)
    #expect(try await runner.run(.features).status == .unchanged)
  }

  @Test func `a source that failed is tried again alone`() async throws {
    let runner = PipelineRunner(
      try folder.stores(
        "author: Ada Example\nsources: [notes, missing.md]\nembedding: {model: hash}\n", file: "other.yaml"))
    #expect(try await runner.run(.etl).status == .partial)
    let entries = runner.stores.configuration.quarantine.list()
    #expect(entries.count == 1)
    try folder.write("# Missing\n\nNow it is here.\n", to: "missing.md")
    let records = try await runner.retry(entries)
    #expect(records.map(\.status) == [.succeeded])
    #expect(records.first?.steps.first { $0.name == "crawledSources" }?.items.out == 1)
    #expect(runner.stores.configuration.quarantine.list().isEmpty)
  }

  @Test func `without the cache all documents are made again`() async throws {
    #expect(try await runner.run(.etl).status == .succeeded)
    #expect(try await runner.run(.features).status == .succeeded)
    var runner = runner
    runner.isCacheIgnored = true
    let run = try await runner.run(.features)
    #expect(run.steps.first { $0.name == "loadedDocuments" }?.items.computed == 2)
  }
}
