import Domain
import Preprocessing

/// Makes instruction pairs without a model: the instruction comes from the document's own structure, the answer is a
/// stretch of the author's text, byte for byte.
///
/// Instructions come from headings, from questions that stand in the text, from definitions, from the leads of list
/// items, and from key phrases; their wordings vary, chosen by hash. The same extract always gives the same pairs.
public struct ExtractiveGenerator: SampleGenerator {
  /// Raised whenever the same extract gives other samples than before.
  static let version = 1

  /// What decides what it makes.
  public let recipe: Recipe
  private let pairsPerExtract: Int

  /// Makes a generator of at most `pairsPerExtract` pairs for each extract.
  public init(pairsPerExtract: Int = 5) {
    self.pairsPerExtract = max(1, pairsPerExtract)
    recipe = Recipe(name: "extractive/\(Self.version)", parameters: [String(self.pairsPerExtract)])
  }

  /// The pairs of an extract; never throws.
  public func samples(from extract: Extract) -> GeneratorOutcome {
    let drafts = drafts(of: extract)
    guard !drafts.isEmpty else {
      let detail = "its structure gives no instruction: no heading, question, definition or key phrase that suits"
      return GeneratorOutcome(
        of: extract, rejected: [Rejection(extract, rule: "no_instruction", evidence: detail)])
    }
    let bytes = Array(extract.text.utf8)
    let candidates = drafts.prefix(pairsPerExtract).enumerated().map { index, draft in
      let sample = InstructSample(
        instruction: draft.instruction, output: String(decoding: bytes[draft.answer], as: UTF8.self),
        provenance: extract.provenance(draft.answer, recipe: recipe), index: index)
      return GeneratorOutcome.Candidate(.instruction(sample), distinctInstruction: draft.distinctInstruction)
    }
    return GeneratorOutcome(of: extract, accepted: candidates)
  }

  private func drafts(of extract: Extract) -> [Draft] {
    let text = ExtractText(extract)
    if extract.isSource { return sourceDrafts(text) }
    if extract.category == .posts { return unique(postDrafts(text) + questionDrafts(text)) }
    return unique(sectionDrafts(text) + questionDrafts(text) + definitionDrafts(text) + leadDrafts(text))
  }

  /// Without a second use of an instruction or of an answer.
  private func unique(_ drafts: [Draft]) -> [Draft] {
    var instructions: Set<String> = []
    var answers: Set<Range<Int>> = []
    return drafts.filter { draft in
      guard !instructions.contains(draft.instruction), !answers.contains(draft.answer) else { return false }
      instructions.insert(draft.instruction)
      answers.insert(draft.answer)
      return true
    }
  }
}

/// A pair before it has an identity.
struct Draft {
  var instruction: String
  /// The same request naming its document.
  var distinctInstruction: String?
  /// The answer's bytes in the extract.
  var answer: Range<Int>
}
