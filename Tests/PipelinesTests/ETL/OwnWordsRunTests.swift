import Dataflow
import Foundation
import Pipelines
import TestSupport
import Testing

/// Runs of all pipelines over an export in which others are quoted.
@Suite struct OwnWordsRunTests {
  let folder: TemporaryFolder

  private static let foreign =
    "Nobody will ever need more than one engine in the whole of the kingdom, said the minister."

  init() throws {
    folder = try TemporaryFolder()
    let prose = """
      <p>Engines that compute have a longer history than most people who use them would guess. It begins with weaving,
      goes on with astronomical tables, and reaches the punched card long before it reaches electricity.</p>
      <blockquote><p>\(Self.foreign)</p></blockquote>
      <p>A loom follows the holes of its cards and lifts the threads that they name. Whoever punches the cards therefore writes
      the cloth, and could write numbers as well as flowers, which is all that an engine needs to begin with.</p>
      """
    let columns = "post_id,post_date,is_published,type,audience,title,subtitle\n"
    try folder.write(
      columns + "1.looms,2021-05-03T12:00:00.000Z,true,newsletter,everyone,On Looms,\n", to: "x/posts.csv")
    try folder.write("<h2>What do looms have to do with engines?</h2>" + prose, to: "x/posts/1.looms.html")
    try folder.write("# A quotation\n\n> \(Self.foreign)\n", to: "notes/found.md")
  }

  private func runner(_ settings: String = "") throws -> PipelineRunner {
    PipelineRunner(
      try folder.stores(
        "author: Ada Example\nsources: [x, notes]\nembedding: {model: hash}\ndataset: {output: sets\(settings)}\n"))
  }

  private func samples() throws -> String {
    let parts = ["train", "test"].compactMap {
      FileManager.default.contents(atPath: folder.path("sets/instruction/alpaca.\($0).jsonl"))
    }
    return String(decoding: parts.joined(), as: UTF8.self)
  }

  private func metadata<Value: Decodable>(_ key: String, of step: String, in record: RunRecord) throws -> Value {
    let artifact = try #require(record.artifacts.first { $0.name == step })
    return try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(artifact.metadata[key]))
  }

  @Test func `no answer holds the words of others, unless a setting keeps them`() async throws {
    let first = try await runner().run(.etl)
    #expect(first.status == .succeeded, "\(first.failures)")
    #expect(try await runner().run(.etl).status == .unchanged)
    #expect(try await runner().run(.features).status == .succeeded)
    let dataset = try await runner().run(.dataset)
    #expect(dataset.status == .succeeded, "\(dataset.failures)")
    #expect(try samples().contains("longer history") && !samples().contains("kingdom"))
    let skipped: [String: Int] = try metadata("skipped", of: "cleanedDocuments", in: dataset)
    #expect(skipped == ["all of it is quoted from others": 1])

    let keeping = try await runner(", quotes: keep").run(.dataset)
    #expect(keeping.status == .succeeded, "\(keeping.failures)")
    #expect(try samples().contains("> Nobody will ever need"))
  }
}
