import Dataflow
import Foundation
import Pipelines
import TestSupport
import Testing

/// What cleaning takes out of documents, seen from runs.
@Suite struct RemovalTests {
  private let folder: TemporaryFolder
  private let runner: PipelineRunner

  init() throws {
    folder = try TemporaryFolder()
    runner = PipelineRunner(
      try folder.stores(
        "author: Ada Example\nsources: [notes]\nembedding: {model: hash}\nchunking: {size: 64, overlap: 0}\n"))
  }

  private func write(_ number: Int, footer: Bool = true) throws {
    let body = (0..<4).map { "This is what note \(number) says about the engine of the number \($0)." }
    let last =
      footer ? "Subscribe to my letters about [engines](https://engines.uk/\(number))." : "That is all for \(number)."
    try folder.write("# Note \(number)\n\n\((body + [last]).joined(separator: "\n\n"))\n", to: "notes/\(number).md")
  }

  private func made(_ record: RunRecord) -> Int? {
    record.steps.first { $0.name == "changedDocuments" }?.items.computed
  }

  private struct Line: Decodable {
    var text, author: String
    var documents, outOf: Int
  }

  private struct Removed: Decodable {
    var personalData: [String: Int]
    var boilerplateLines: Int
  }

  private func noted<Value: Decodable>(_ key: String, of step: String, in record: RunRecord) throws -> Value {
    let value = try #require(record.artifacts.first { $0.name == step }?.metadata[key])
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Value.self, from: JSONEncoder().encode(value))
  }

  private func removed(_ record: RunRecord) throws -> Removed {
    try noted("removals", of: "featureSummary", in: record)
  }

  @Test func `what becomes or ceases to be boilerplate makes the documents with it again, and no others`() async throws
  {
    for number in 0..<5 { try write(number, footer: number < 4) }
    #expect(try await runner.run(.etl).status == .succeeded)
    let first = try await runner.run(.features)
    #expect(made(first) == 5)
    #expect(try removed(first).boilerplateLines == 0)

    // With the fifth document that has it, the line is boilerplate.
    try write(5)
    _ = try await runner.run(.etl)
    let second = try await runner.run(.features)
    #expect(made(second) == 5, "the new one and the four that had the line")
    #expect(try removed(second).boilerplateLines == 5)
    let lines: [Line] = try noted("boilerplate", of: "documentChanges", in: second)
    #expect(lines.map(\.documents) == [5] && lines.map(\.outOf) == [6] && lines.map(\.author) == ["Ada Example"])
    #expect(lines.first?.text.hasPrefix("Subscribe to my letters") == true)
    #expect(try await runner.run(.features).status == .unchanged)
    let verification = try await runner.verifyVectors(.references)
    #expect(verification.warehouse?.isSame == true)

    // Without one of them it is none again.
    try write(0, footer: false)
    _ = try await runner.run(.etl)
    let third = try await runner.run(.features)
    #expect(made(third) == 5)
    #expect(try removed(third).boilerplateLines == 0)
  }

  @Test func `personal data is counted and told`() async throws {
    try folder.write("# One\n\nWrite to ada@engines.uk or bob@looms.fr, or ring +44 20 7946 0958.\n", to: "notes/a.md")
    let runner = PipelineRunner(
      try folder.stores(
        "author: Ada Example\nsources: [notes]\nembedding: {model: hash}\ncleaning: {personal_data: [all]}\n"))
    _ = try await runner.run(.etl)
    let record = try await runner.run(.features)
    #expect(try removed(record).personalData == ["email": 2, "phone": 1])
  }
}
