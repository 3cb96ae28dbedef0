import Dataflow
import Domain
import Foundation
import TestSupport
import Testing

@testable import Pipelines

/// Runs of etl over a repository.
@Suite struct RepositoryRunTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func git(_ arguments: String...) throws {
    let identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    let result = try runBlocking("git", identity + arguments, folder: folder.path("engine"))
    try #require(result.status == 0, "\(result)")
  }

  private func commit() throws {
    try git("add", "--all")
    try git("commit", "--quiet", "--message", "Change")
  }

  private func documents(_ record: RunRecord) throws -> [String: Int] {
    let artifact = try #require(record.artifacts.first { $0.name == "crawlSummary" })
    return try JSONDecoder().decode(
      [String: Int].self, from: JSONEncoder().encode(artifact.metadata["documents"]))
  }

  @Test func `another commit writes the files that changed, and marks those that are gone`() async throws {
    for name in ["a", "b", "c"] { try folder.write("words of \(name)\n", to: "engine/\(name).txt") }
    try git("init", "--quiet", "--initial-branch=main", ".")
    try commit()
    let yaml = """
      author: Ada Example
      sources:
        - path: \(folder.path("engine"))
          exclude: ["*.log"]
      embedding: {model: hash}
      """
    let runner = PipelineRunner(try folder.stores(yaml))
    #expect(try documents(try await runner.run(.etl)) == ["inserted": 3, "updated": 0, "unchanged": 0, "gone": 0])
    let warehouse = try await runner.stores.warehouse()
    let link = "file://\(folder.path("engine"))#a.txt"
    let first = try #require(try await warehouse.document(link: link)?.crawl)

    try folder.write("other words of b\n", to: "engine/b.txt")
    try folder.write("noise\n", to: "engine/run.log")
    try FileManager.default.removeItem(atPath: folder.path("engine/c.txt"))
    try commit()
    #expect(try documents(try await runner.run(.etl)) == ["inserted": 0, "updated": 1, "unchanged": 1, "gone": 1])
    // What did not change keeps the commit in which it was found.
    #expect(try await warehouse.document(link: link)?.crawl == first)
    let gone = try await warehouse.document(link: "file://\(folder.path("engine"))#c.txt")
    #expect(gone?.crawl?.goneSince != nil)
    #expect(try await runner.run(.etl).status == .unchanged)
  }
}
