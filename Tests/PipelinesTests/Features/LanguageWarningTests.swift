import Dataflow
import Domain
import Foundation
import TestSupport
import Testing

@testable import Pipelines

/// Runs over text that is not in the language of the model.
@Suite struct LanguageWarningTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs etl and features with a model that goes by a name, and gives what they warn of.
  private func warnings(of model: String, notes: [String: String]) async throws -> [[String]] {
    for (name, text) in notes { try folder.write(text, to: "notes/\(name).md") }
    let yaml = "author: Ada Example\nsources: [notes]\nembedding: {model: \(model)}\n"
    let configuration = try Configuration(path: try folder.write(yaml, to: "twin.yaml"), environment: [:])
    let info = EmbeddingModelInfo(name: model, digest: "1", dimension: 384, maximumTokens: 512)
    let runner = PipelineRunner(Stores(configuration) { _, _ in RefusingEmbedder(info) })
    var warnings: [[String]] = []
    for pipeline in [PipelineName.etl, .features, .etl, .features] {
      let record = try await runner.run(pipeline)
      #expect(record.failures.isEmpty, "\(record.failures)")
      warnings.append(record.steps.flatMap(\.warnings))
    }
    return warnings
  }

  private static let german = "Das Rad dreht sich mit dem anderen, weil die Zähne von beiden so ineinander greifen."
  private static let english = "The wheel turns with the other, since the teeth of both of them are made for that."

  @Test func `each run that brings or embeds it warns once, with counts`() async throws {
    let warnings = try await warnings(
      of: EmbeddingModels.miniLM, notes: ["a": Self.german, "b": Self.german + " Und so ist es.", "c": Self.english])
    #expect(warnings.map(\.count) == [1, 1, 0, 0])
    for warning in warnings.joined() {
      #expect(warning.contains("(en): 2 of 3 documents,") && warning.contains("% of the bytes (de 2)"), "\(warning)")
    }
  }

  @Test func `nothing is said to a model of all languages`() async throws {
    #expect(try await warnings(of: "hash", notes: ["a": Self.german, "b": Self.german + " Ja."]).joined().isEmpty)
  }

  @Test func `nothing is said of a minority, or of code`() async throws {
    let code = "```\n" + String(repeating: "if not x: raise ValueError(x)\n", count: 9) + "```\n"
    let few = ["a": Self.german, "b": Self.english + " It is not more than that.", "c": code]
    #expect(try await warnings(of: EmbeddingModels.miniLM, notes: few).joined().isEmpty)
  }
}
