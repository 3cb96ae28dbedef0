import Dataset
import Domain
import LanguageModel
import TestSupport
import Testing

struct ModelGeneratorTests {
  private let server: PeerServer
  private let extract: Extract

  init() throws {
    server = try PeerServer("language_model_server.py")
    extract = try #require(extracts(of: document(article)).first)
  }

  private func generator(_ model: String, _ kind: DatasetKind = .instruction) throws -> ModelGenerator {
    let configuration = LanguageModelConfiguration(
      provider: .ollama, model: model, endpoint: "http://127.0.0.1:\(server.port)", timeout: 300)
    return try ModelGenerator(kind: kind, model: try configuration.makeModel())
  }

  @Test func `pairs that speak of the extract or are not grounded in it are rejected with the reason`() async throws {
    let outcome = gated(try await generator("valid").samples(from: extract), by: GateSettings())
    #expect(outcome.accepted.map(\.sample.instruction) == ["How do such machines begin?"])
    #expect(outcome.rejected.map(\.rule) == ["mentions_source", "not_grounded"])
    #expect(outcome.accepted.first?.sample.provenance.start == extract.start)
    let recipe = try #require(outcome.accepted.first?.sample.provenance.recipe)
    #expect(recipe.hasPrefix("model/2 ollama/valid instruction_pairs/1@"), "\(recipe)")
  }

  @Test func `a bad reply is asked for once more`() async throws {
    #expect(try await generator("malformed-once").samples(from: extract).accepted.count == 3)
  }

  @Test(arguments: ["malformed", "schema-invalid", "truncated", "overfull", "empty"])
  func `a reply that stays bad costs its extract only, and says why`(model: String) async throws {
    let generator = try generator(model)
    let error = await #expect(throws: DatasetError.self) { try await generator.samples(from: extract) }
    guard case .badReply(let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!reason.isEmpty)
  }

  @Test func `a server that is down is an error`() async throws {
    let generator = try generator("valid")
    server.stop()
    await #expect(throws: LanguageModelError.self) { try await generator.samples(from: extract) }
  }

  @Test func `chosen answers are the author's text and differ from the rejected ones`() async throws {
    let outcome = gated(try await generator("valid", .preference).samples(from: extract), by: GateSettings())
    #expect(outcome.rejected.map(\.rule) == ["not_verbatim", "same_answers", "chosen_length"])
    guard case .preference(let sample)? = outcome.accepted.first?.sample else {
      Issue.record("no preference was made")
      return
    }
    let bytes = Array(document(article).text.utf8)
    #expect(Array(sample.chosen.utf8) == Array(bytes[sample.provenance.start..<sample.provenance.end]))
    #expect(sample.rejected.hasPrefix("They begin"))
  }

  @Test func `the recipe changes with the model, the kind and the number of pairs`() throws {
    let model = try LanguageModelConfiguration(provider: .ollama, model: "valid").makeModel()
    let recipes = [
      try ModelGenerator(kind: .instruction, model: model).recipe,
      try ModelGenerator(kind: .preference, model: model).recipe,
      try ModelGenerator(kind: .instruction, model: model, pairsPerExtract: 3).recipe, try generator("other").recipe,
      try ModelGenerator(kind: .instruction, model: model, sampling: Sampling(temperature: 0)).recipe,
    ]
    #expect(Set(recipes).count == recipes.count)
  }

  @Test func `a prompt of one's own takes the place of the built-in one, and is checked before anything is asked`()
    throws
  {
    let folder = try TemporaryFolder()
    func library(_ inputs: String, _ body: String) throws -> PromptLibrary {
      let text = "---\nname: instruction_pairs\nversion: 7\ninputs: [\(inputs)]\n---\n\(body)\n"
      var library = try PromptLibrary()
      try library.take(file: try folder.write(text, to: "own.md"), for: "instruction_pairs")
      return library
    }
    let model = try LanguageModelConfiguration(provider: .ollama, model: "valid").makeModel()
    let own = try ModelGenerator(
      kind: .instruction, model: model, prompts: try library("extract, pairs", "{{pairs}} of:\n{{extract}}"))
    #expect(own.recipe.name.contains("instruction_pairs/7@"))
    #expect(try own.request(about: extract).messages == [Message(.user, "5 of:\n\(extract.text)")])
    for (inputs, body, words) in [
      ("pairs", "{{pairs}}", "`extract`"), ("extract, mood", "{{extract}} {{mood}}", "`mood`"),
    ] {
      let error = #expect(throws: PromptError.self) {
        try ModelGenerator(kind: .instruction, model: model, prompts: try library(inputs, body))
      }
      #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }
  }
}
