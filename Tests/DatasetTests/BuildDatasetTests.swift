import Dataset
import Domain
import Testing

struct BuildDatasetTests {
  private func outcome(
    _ link: String, _ instruction: String, _ answer: String, distinct: String? = nil
  ) throws -> GeneratorOutcome {
    let padding = " The mill and the store are kept apart, so that numbers rest in one and move in the other."
    let found = extracts(of: document("## Heading\n\n\(answer)\(padding)\(padding)", link: link))
    let extract = try #require(found.first)
    let provenance = Provenance(
      documentID: extract.documentID, link: link, category: .articles, authorFullName: extract.authorFullName,
      start: extract.start, end: extract.end, extractHash: ContentHash(of: answer), recipe: "test/1",
      recipeHash: ContentHash(of: "test"))
    let sample = InstructSample(instruction: instruction, output: answer, provenance: provenance, index: 0)
    return GeneratorOutcome(of: extract, accepted: [.init(.instruction(sample), distinctInstruction: distinct)])
  }

  private func dataset(_ outcomes: [GeneratorOutcome], testSplit: Double) throws -> BuiltDataset {
    try buildDataset(from: outcomes, settings: DatasetSettings(testSplit: testSplit))
  }

  private func outcomes(_ count: Int) throws -> [GeneratorOutcome] {
    try (0..<count).map {
      try outcome("https://example.org/\($0)", "Question \($0)?", "Answer number \($0), in words of its own.")
    }
  }

  @Test func `a repeated instruction names its document, or is rejected and counted`() throws {
    let set = try dataset(
      [
        try outcome("https://example.org/1", "What is brass?", "An alloy of copper and zinc, said the first."),
        try outcome(
          "https://example.org/2", "what is  brass", "A metal that does not rust, said the second.",
          distinct: "In looms, what is brass?"),
        try outcome("https://example.org/3", "What is brass?!", "A colour of old machines, said the third."),
      ], testSplit: 0)
    let instructions = set.train.map(\.instruction)
    #expect(Set(instructions).count == instructions.count)
    #expect(set.train.count + set.rejectionCounts["duplicate_instruction", default: 0] == 3)
    #expect(set.rejectionCounts["duplicate_instruction", default: 0] >= 1)
  }

  @Test func `every sample of a set has its system message, and the same identifier with another one`() throws {
    let outcomes = try outcomes(4)
    let plain = try dataset(outcomes, testSplit: 0.25)
    let told = try buildDataset(from: outcomes, settings: DatasetSettings(testSplit: 0.25, system: "You are Ada."))
    #expect(told.samples.map(\.system) == Array(repeating: "You are Ada.", count: 4))
    #expect(plain.samples.map(\.id) == told.samples.map(\.id) && plain.samples.allSatisfy { $0.system.isEmpty })
  }

  @Test func `a repeated answer is rejected`() throws {
    let set = try dataset(
      [
        try outcome("https://example.org/1", "First?", "The same answer, word for word."),
        try outcome("https://example.org/2", "Second?", "The same answer,  word for word!"),
      ], testSplit: 0)
    #expect(set.train.count == 1)
    #expect(set.rejectionCounts == ["duplicate_answer": 1])
  }

  @Test(arguments: [2, 3, 10, 40])
  func `the split is by document, near the wanted share and the same for any order`(count: Int) throws {
    let outcomes = try outcomes(count)
    let set = try dataset(outcomes, testSplit: 0.2)
    #expect(!set.train.isEmpty && !set.test.isEmpty)
    let trained = Set(set.train.map(\.provenance.documentID))
    let tested = Set(set.test.map(\.provenance.documentID))
    #expect(trained.isDisjoint(with: tested))
    #expect(tested.count == max(1, Int((0.2 * Double(count)).rounded())))
    #expect(Set(set.train.map(\.instruction)).isDisjoint(with: set.test.map(\.instruction)))
    var generator = SystemRandomNumberGenerator()
    #expect(try dataset(outcomes.shuffled(using: &generator), testSplit: 0.2) == set)
  }

  @Test func `documents that share their text stay on one side`() throws {
    let shared = [
      "The first sentence that both of them have is quite long.",
      "The second sentence that both of them have is longer.",
    ]
    for count in 3..<12 {
      var outcomes = try outcomes(count)
      outcomes.append(try outcome("https://a.org/copy", "Asked here?", shared.joined(separator: " ")))
      outcomes.append(
        try outcome(
          "https://b.org/copy", "Asked there?", "One more sentence of its own. " + shared.joined(separator: " ")))
      let set = try dataset(outcomes, testSplit: 0.5)
      let tested = Set(set.test.map(\.provenance.link))
      #expect(tested.contains("https://a.org/copy") == tested.contains("https://b.org/copy"))
    }
  }

  @Test func `without a share for testing everything is for training`() throws {
    #expect(try dataset(try outcomes(5), testSplit: 0).test.isEmpty)
    #expect(try dataset([], testSplit: 0.5).train.isEmpty)
  }
}
