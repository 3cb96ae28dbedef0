import Dataset
import Domain
import TestSupport
import Testing

struct DecontaminationTests {
  private let question =
    "Which part of the difference engine carries the tens from one column of wheels to the next one by itself?"

  private func outcome(_ answer: String, link: String = "https://example.org/1") throws -> GeneratorOutcome {
    let padding = "The mill and the store are kept apart, so that numbers rest in one and move in the other, always."
    let extract = try #require(
      extracts(of: document("## Heading\n\n\(answer) \(padding)", link: link), limits: ExtractLimits(minimum: 60)).first
    )
    let provenance = Provenance(
      documentID: extract.documentID, link: link, category: .articles, authorFullName: extract.authorFullName,
      start: extract.start, end: extract.end, extractHash: ContentHash(of: answer), recipe: "test/1",
      recipeHash: ContentHash(of: "test"))
    let sample = InstructSample(instruction: "What of \(link)?", output: answer, provenance: provenance, index: 0)
    return GeneratorOutcome(of: extract, accepted: [.init(.instruction(sample))])
  }

  private func rules(_ answer: String, _ evaluation: EvaluationTexts, length: Int = 13) throws -> [String: Int] {
    var settings = DatasetSettings()
    settings.gates.contaminationLength = length
    return try buildDataset(from: [try outcome(answer)], settings: settings, evaluation: evaluation).rejectionCounts
  }

  @Test func `thirteen words in a row of an evaluation text are too many, and twelve are not`() throws {
    let words = question.split(separator: " ")
    let evaluation = EvaluationTexts([question])
    let thirteen = words.prefix(13).joined(separator: " ").uppercased().replacing(" ", with: ", ")
    #expect(try rules("They asked: \(thirteen)!", evaluation) == ["contaminated": 1])
    let twelve = words.prefix(12).joined(separator: " ")
    #expect(try rules("They asked: \(twelve), or something else.", evaluation).isEmpty)
    #expect(try rules("They asked: \(twelve), or something else.", evaluation, length: 12) == ["contaminated": 1])
  }

  @Test func `a short evaluation text counts as a whole, and a very short one not at all`() throws {
    let evaluation = EvaluationTexts(["Who turns the crank today?", "What is it?"])
    #expect(try rules("He asked me who turns the crank today, and I did not know.", evaluation) == ["contaminated": 1])
    #expect(try rules("He asked me what is it that turns there, and I did not know.", evaluation).isEmpty)
  }

  @Test func `JSON lines give their strings at any depth, other files their paragraphs`() throws {
    let folder = try TemporaryFolder()
    let lines = try folder.write(
      #"{"question": "One two", "choices": ["three", {"text": "four"}], "answer": 4}"# + "\n\n" + #""five""# + "\n",
      to: "a.jsonl")
    let text = try folder.write("First paragraph\ngoes on.\r\n\r\n\nSecond one.\n", to: "b.txt")
    #expect(
      try EvaluationTexts(files: [lines, text]).texts
        == ["three", "four", "One two", "five", "First paragraph\ngoes on.", "Second one."])
    let bad = try folder.write("{\"a\": 1}\n{\"a\"\n", to: "bad.jsonl")
    let error = #expect(throws: DatasetError.self) { try EvaluationTexts(files: [bad]) }
    #expect(error?.description.contains("bad.jsonl: has a line 2 that is no JSON") == true)
    #expect(throws: DatasetError.self) { try EvaluationTexts(files: [folder.path("none.txt")]) }
  }
}
