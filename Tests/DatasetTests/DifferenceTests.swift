import Dataset
import Domain
import TestSupport
import Testing

struct DifferenceTests {
  private func sample(
    _ number: Int, recipe: String = "test/1", answer: String? = nil, instruction: String? = nil
  ) -> Sample {
    let link = "https://example.org/\(number)"
    let answer = answer ?? "Answer number \(number), which is in words of its own."
    let provenance = Provenance(
      documentID: Identifier("document", [link]), link: link, category: .articles, authorFullName: "Ada Example",
      start: 0, end: 90, extractHash: ContentHash(of: answer), recipe: recipe, recipeHash: ContentHash(of: recipe))
    return .instruction(
      InstructSample(instruction: instruction ?? "What of \(number)?", output: answer, provenance: provenance, index: 0)
    )
  }

  private func set(_ train: [Sample], _ test: [Sample] = []) -> BuiltDataset {
    BuiltDataset(settings: DatasetSettings(), train: train, test: test, rejected: [])
  }

  @Test func `samples are told as added, removed, changed, and the same under another identifier`() {
    let old = set([sample(1), sample(2), sample(3), sample(4)], [sample(5)])
    let new = set(
      [sample(1), sample(2, answer: "Another answer altogether."), sample(4, recipe: "test/2"), sample(5)], [sample(6)])
    let difference = DatasetDifference(from: old, to: new)
    #expect(difference.unchanged == 1 && !difference.isEmpty)
    #expect(difference.added.map(\.instruction) == ["What of 6?"] && difference.added.first?.split == "test")
    #expect(difference.removed.map(\.instruction) == ["What of 3?"])
    #expect(Set(difference.changed.map(\.fields)) == [["output"], ["split"]])
    #expect(difference.renamed.map(\.instruction) == ["What of 4?"])
    #expect(DatasetDifference(from: old, to: old).isEmpty)
  }

  @Test func `an example prompt has different samples, the same ones each time`() {
    let alike = (0..<10).map { sample($0) }
    let other = sample(
      20, answer: "Brass wheels turn slowly, and a drop of oil goes a long way with them.", instruction: "Why oil?")
    let prompt = FewShotPrompt(of: set(alike + [other]), count: 3)
    #expect(prompt.samples.count == 3 && Set(prompt.samples.map(\.id)).count == 3)
    #expect(prompt.samples.contains(other))
    #expect(prompt == FewShotPrompt(of: set(([other] + alike).sorted { $0.id < $1.id }), count: 3))
    #expect(prompt.text.contains("## Example 3") && prompt.text.contains("{{instruction}}"))
    #expect(FewShotPrompt(of: set([]), count: 3).samples.isEmpty)
    #expect(FewShotPrompt(of: set(alike), count: 50).samples.count == 10)
  }
}
