import Dataset
import Domain
import Testing

struct ExtractiveGeneratorTests {
  private let generator = ExtractiveGenerator()

  private func pairs(_ document: CleanedDocument) -> [InstructSample] {
    extracts(of: document).flatMap { generator.samples(from: $0).accepted }.compactMap {
      if case .instruction(let sample) = $0.sample { sample } else { nil }
    }
  }

  @Test func `every answer is the author's text, byte for byte, where its provenance says`() {
    let document = document(article)
    let bytes = Array(document.text.utf8)
    let samples = pairs(document)
    #expect(samples.count >= 5)
    for sample in samples {
      let span = bytes[sample.provenance.start..<sample.provenance.end]
      #expect(Array(sample.output.utf8) == Array(span))
      #expect(sample.provenance.extractHash == ContentHash(of: span))
      #expect(sample.provenance.documentID == document.id)
    }
  }

  @Test func `instructions come from the title, headings, questions, definitions and leads`() {
    let samples = pairs(document(article))
    func answer(_ isAsked: (String) -> Bool) -> String? { samples.first { isAsked($0.instruction) }?.output }
    #expect(answer { $0.contains("“On Engines”") }?.hasPrefix("Engines that compute") == true)
    #expect(answer { $0.contains("punched card") }?.hasPrefix("Hold the card") == true)
    #expect(answer { $0.hasPrefix("Why did nobody finish one of") } == nil)
    #expect(
      answer { $0.contains("difference engine ") || $0.contains("a difference engine") }?.hasPrefix(
        "A difference engine is") == true)
    #expect(answer { $0.contains("“Zone rows”") }?.hasPrefix("The rows at the top") == true)
    #expect(!samples.contains { $0.instruction.contains("Digit rows") })
  }

  @Test func `a question of the author's is asked as it stands and answered by what follows it`() {
    let text = """
      ## Precision

      Why did the workshops of London abandon the engine so early? Precision was not the obstacle, as a reconstruction
      showed with tolerances of the time. Money and patience ran out before the drawings had become brass and steel.
      """
    let sample = pairs(document(text)).first { $0.instruction.hasSuffix("so early?") }
    #expect(sample?.instruction == "Why did the workshops of London abandon the engine so early?")
    #expect(sample?.output.hasPrefix("Precision was not") == true)
  }

  @Test(arguments: [
    ("How to oil a difference engine", "oil a difference engine"),
    ("Building an analytical engine", "building an analytical engine"),
    ("🔧 3.2. Store and mill", "Store and mill"), ("Why brass?", "Why brass?"),
    ("Part 2: Jacquard looms", "Jacquard looms"),
  ])
  func `a heading is asked for without its decoration`(heading: String, words: String) {
    let body = """
      Brass wheels turn slowly and jam whenever dust gets between their teeth; a drop of oil goes a long way with them.
      Whoever builds such a machine keeps a can of it within reach, and a rag to wipe away what is too much.
      """
    let samples = pairs(document("# On Engines\n\n## \(heading)\n\n\(body)"))
    #expect(samples.first?.instruction.lowercased().contains(words.lowercased()) == true)
    #expect(samples.first?.instruction.contains("🔧") == false)
  }

  @Test func `wordings vary over documents and not over runs`() {
    let body = """
      Brass wheels turn slowly and jam whenever dust gets between their teeth; a drop of oil goes a long way with them.
      Whoever builds such a machine keeps a can of it within reach, and a rag to wipe away what is too much.
      """
    let documents = (0..<40).map {
      document("# On Engines\n\n## Brass wheels\n\n\(body)", link: "https://example.org/\($0)")
    }
    let instructions = documents.flatMap { pairs($0).prefix(1).map(\.instruction) }
    #expect(Set(instructions).count >= 6)
    #expect(documents.flatMap { pairs($0).prefix(1).map(\.instruction) } == instructions)
  }

  @Test func `a post is asked for as a whole and a declaration by its name`() {
    let post =
      "Jacquard looms taught me more about software than any course. A Jacquard loom reads its pattern from"
      + " cards, and so did we."
    let sample = pairs(document(String(repeating: post + "\n\n", count: 2), category: .posts, title: nil)).first
    #expect(sample?.instruction.contains("post") == true)
    let function =
      "/// Adds the digits.\nfunc mill(_ card: Card) -> Int {\n  let digits = card.columns.map(\\.digit)\n"
      + "  return digits.reduce(0, +)\n}"
    let code = pairs(document(function, category: .repositories, path: "Sources/Mill.swift"))
    #expect(code.map(\.output) == [function])
    #expect(code.first?.instruction.contains("function `mill`") == true)
  }

  @Test func `an extract without an instruction is rejected with the reason`() {
    let text =
      "Yes, quite so, and then again not at all, as one says when nothing more is to be said about anything"
      + " whatsoever by anybody, and so on and on without an end in sight."
    let outcomes = extracts(of: document(text, title: nil)).map(generator.samples)
    #expect(outcomes.flatMap(\.accepted).isEmpty)
    #expect(outcomes.flatMap(\.rejected).map(\.rule) == ["no_instruction"])
  }

  @Test func `at most as many pairs are made of an extract as wanted`() {
    let one = ExtractiveGenerator(pairsPerExtract: 1)
    for extract in extracts(of: document(article)) { #expect(one.samples(from: extract).accepted.count <= 1) }
    #expect(one.recipe != generator.recipe)
  }
}
