import Dataset
import Domain
import Embedding
import LanguageModel
import TestSupport
import Testing

struct GateTests {
  private let text =
    "A difference engine adds the differences of a polynomial, column by column, until the printing part strikes the "
    + "result into soft metal. Whoever turns the crank needs no mathematics at all. The wheels carry tens by themselves."

  private func extract(_ text: String? = nil, category: DataCategory = .articles) throws -> Extract {
    let document = document("## Engines\n\n\(text ?? self.text)", category: category)
    return try #require(extracts(of: document, limits: ExtractLimits(minimum: 60)).first)
  }

  private func provenance(_ extract: Extract, hashOf text: String? = nil) -> Provenance {
    Provenance(
      documentID: extract.documentID, link: extract.link, category: extract.category,
      authorFullName: extract.authorFullName, start: extract.start, end: extract.end,
      extractHash: ContentHash(of: text ?? extract.text), recipe: "test/1", recipeHash: ContentHash(of: "test"))
  }

  private func rules(
    _ instruction: String, _ answer: String, _ settings: GateSettings = GateSettings(), extract: Extract? = nil
  ) throws -> [String] {
    let extract = try extract ?? self.extract()
    let sample = InstructSample(instruction: instruction, output: answer, provenance: provenance(extract), index: 0)
    let outcome = GeneratorOutcome(of: extract, accepted: [.init(.instruction(sample))])
    let passed = gated(outcome, by: settings)
    #expect(passed.accepted.count + passed.rejected.count == 1)
    #expect(passed.rejected.allSatisfy { $0.sample == .instruction(sample) && !$0.evidence.isEmpty })
    return passed.rejected.map(\.rule)
  }

  private let good = "A difference engine adds the differences of a polynomial, column by column."

  @Test func `a good sample passes with its scores`() throws {
    #expect(try rules("How does a difference engine work?", good).isEmpty)
    let extract = try extract()
    let sample = InstructSample(
      instruction: "How does it work?", output: extract.text, provenance: provenance(extract), index: 0)
    let scores = gated(GeneratorOutcome(of: extract, accepted: [.init(.instruction(sample))]), by: GateSettings())
      .accepted.first?.scores
    #expect(scores?.isVerbatim == true && scores?.sharedGrams == 1)
  }

  @Test(arguments: [
    ("Why?", "instruction_length"), ("how does a difference engine work?", "instruction_start"),
    ("How does a difference engine work and", "instruction_end"),
    ("What does the extract say about the crank?", "mentions_source"),
    ("According to the text, who turns the crank?", "mentions_source"),
    ("What is the main idea of this article?", "mentions_source"),
    ("What does the author say of the crank?", "mentions_source"),
    ("...", "schema"),
  ])
  func `an instruction that nobody would ask is rejected by its rule`(instruction: String, rule: String) throws {
    #expect(try rules(instruction, good) == [rule])
  }

  @Test(arguments: [
    "What is the context window of a model?", "Write the opening of an article titled “On Engines”.",
    "How do I add text to a document?", "How is text split into the sections of a page?", "“Brass wheels”: why brass?",
    "What would you post about the engine?", "How does the attention mechanism use the context vector?",
  ])
  func `an instruction may speak of texts and contexts as a subject`(instruction: String) throws {
    #expect(try rules(instruction, good).isEmpty)
  }

  @Test(arguments: [
    ("Too short, this.", "answer_length"),
    ("column by column. " + "A difference engine adds the differences of a polynomial.", "answer_start"),
    ("A difference engine adds the differences of a polynomial, column by", "answer_end"),
    ("As an AI, I cannot turn a crank. A difference engine adds the differences of a polynomial.", "assistant_talk"),
    ("According to the passage, a difference engine adds the differences of a polynomial.", "mentions_source"),
    ("Pasta is boiled in a lot of salted water until it is soft, but not too soft.", "not_grounded"),
    (
      "Une machine additionne les différences d'un polynôme, colonne par colonne, et les roues font le reste.",
      "language"
    ),
    ("A difference engine adds the differences of a polynomial:\n\n```swift\nlet sum = 1", "open_fence"),
    ("A difference engine adds the differences of a polynomial:\n\n```json\n{\"a\": }\n```", "bad_json"),
    ("A difference engine adds the differences of a polynomial. Ask me at ada@engines.co.uk.", "personal_data"),
    ("A difference engine adds the differences \u{FFFD} of a polynomial, column by column.", "schema"),
  ])
  func `an answer that should not be learnt is rejected by its rule`(answer: String, rule: String) throws {
    #expect(try rules("How does a difference engine work?", answer) == [rule])
  }

  @Test(arguments: [
    "A difference engine adds the differences of a polynomial:\n\n```json\n{\"a\": [1, 2]}\n```",
    "A difference engine adds the differences of a polynomial:\n\n~~~~\n```\n~~~~",
    "A difference engine adds the differences of a polynomial:\n\n- column by column\n- until it prints",
  ])
  func `code and lists may end an answer`(answer: String) throws {
    #expect(try rules("How does a difference engine work?", answer).isEmpty)
  }

  @Test func `settings change what passes, and a readmitted sample passes whatever they say`() throws {
    var settings = GateSettings()
    settings.excludedKeywords = ["Soft Metal", "polynomial"]
    #expect(try rules("How does a difference engine work?", good, settings) == ["keyword"])
    settings = GateSettings()
    settings.languages = ["fr", "de"]
    #expect(
      try rules("How does a difference engine work?", good + " And the wheels are what it is all about.", settings) == [
        "language"
      ])
    settings = GateSettings()
    settings.answerLength = 40...50
    #expect(try rules("How does a difference engine work?", good, settings) == ["answer_length"])
    let extract = try extract()
    settings.readmitted = [
      InstructSample(instruction: "x", output: good, provenance: provenance(extract), index: 0).id
    ]
    #expect(try rules("How does a difference engine work?", good, settings).isEmpty)
    settings = GateSettings()
    settings.personalData = []
    #expect(try rules("How does a difference engine work?", good + " Ask ada@engines.co.uk.", settings).isEmpty)
  }

  private func preference(_ chosen: String, _ rejected: String, isVerbatim: Bool = true) throws -> [String] {
    let extract = try extract()
    let sample = PreferenceSample(
      prompt: "How does a difference engine work?", chosen: chosen, rejected: rejected,
      provenance: provenance(extract, hashOf: isVerbatim ? chosen : "other"), index: 0)
    return gated(GeneratorOutcome(of: extract, accepted: [.init(.preference(sample))]), by: GateSettings())
      .rejected.map(\.rule)
  }

  @Test func `a chosen answer is the author's, long enough, whole, and not the rejected one`() throws {
    let worse = "It is a machine with many wheels that does sums in some way when it is turned."
    #expect(try preference(text, worse).isEmpty)
    #expect(try preference(text, text) == ["same_answers"])
    #expect(try preference(text, text.replacing("mathematics", with: "algebra")) == ["same_answers"])
    #expect(try preference(text, worse, isVerbatim: false) == ["not_verbatim"])
    #expect(try preference(String(text.prefix(80)) + ".", worse) == ["chosen_length"])
    #expect(try preference(String(text.dropFirst(2)), worse) == ["chosen_start"])
    #expect(try preference(String(text.dropLast(1)), worse) == ["chosen_end"])
    #expect(try preference(text, "No.") == ["rejected_length"])
  }

  @Test func `the meaning of an answer is measured where it is asked for`() async throws {
    var settings = GateSettings()
    let extract = try extract()
    let answers = [good, "Seven wet dogs blew soap bubbles over our garden fence while grandmother slept."]
    let samples = answers.enumerated().map {
      InstructSample(instruction: "How?", output: $1, provenance: provenance(extract), index: $0)
    }
    let outcome = GeneratorOutcome(of: extract, accepted: samples.map { .init(.instruction($0)) })
    #expect(try await gatedByMeaning(outcome, by: settings, embedder: HashEmbedder()) == outcome)
    settings.leastCosine = 0.3
    var scored = outcome
    for index in scored.accepted.indices {
      scored.accepted[index].scores = SampleScores(isVerbatim: false, sharedGrams: 1)
    }
    let measured = try await gatedByMeaning(scored, by: settings, embedder: HashEmbedder())
    #expect(measured.accepted.map(\.sample.answer) == [good])
    #expect(measured.accepted.first?.scores?.cosine ?? 0 > 0.3)
    #expect(measured.rejected.map(\.rule) == ["not_grounded"])
  }

  /// Gives marks by the answer, without a server.
  private struct Marker: LanguageModel {
    let name = "test/marker"

    func generate(_ request: GenerationRequest) async throws -> GenerationReply {
      let isGood = request.messages.last?.content.contains("column by column.\n</output>") == true
      let mark: JSONValue = isGood ? 5 : 2
      return GenerationReply(
        text: "", json: ["reason": "so it is", "faithfulness": mark, "usefulness": 4])
    }
  }

  @Test func `a judge's marks are kept, the lower of the two counts, and its calls are limited`() async throws {
    let extract = try extract()
    let samples = [good, good + " And more."].enumerated().map {
      InstructSample(instruction: "How?", output: $1, provenance: provenance(extract), index: $0)
    }
    var outcome = GeneratorOutcome(of: extract, accepted: samples.map { .init(.instruction($0)) })
    for index in outcome.accepted.indices {
      outcome.accepted[index].scores = SampleScores(isVerbatim: false, sharedGrams: 1)
    }
    let judged = try await Judge(model: Marker(), least: 3).judged(outcome)
    #expect(judged.accepted.map(\.scores?.judgement) == [4])
    #expect(judged.rejected.map(\.rule) == ["judgement"])
    #expect(judged.rejected.first?.evidence.contains("so it is") == true)
    let judge = Judge(model: try BudgetedModel(AccountedModel(Marker()), budget: .calls(1)), least: 3)
    await #expect(throws: DatasetError.self) {
      try await judge.judged(outcome)
    }
  }
}
