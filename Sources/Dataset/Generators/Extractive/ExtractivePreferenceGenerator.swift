import Domain
import Preprocessing

/// Makes preferences without a model: prompt and chosen answer are those of ``ExtractiveGenerator``, and the rejected answer
/// is one that nobody would prefer, made of the same extract.
///
/// It is either another stretch of the author's, which does not answer the prompt, or the chosen answer broken off inside a
/// sentence; which of them, a hash decides where both are possible. Such pairs teach to answer what was asked and to come to
/// an end; they teach nothing about the voice, since both answers have it. That takes a model's answers to reject.
public struct ExtractivePreferenceGenerator: SampleGenerator {
  /// Raised whenever the same extract gives other samples than before.
  static let version = 1

  /// What decides what it makes.
  public let recipe: Recipe
  private let pairs: ExtractiveGenerator

  /// Makes a generator of at most `pairsPerExtract` preferences for each extract.
  public init(pairsPerExtract: Int = 5) {
    pairs = ExtractiveGenerator(pairsPerExtract: pairsPerExtract)
    recipe = Recipe(
      name: "extractive-preference/\(Self.version)", parameters: [pairs.recipe.name, pairs.recipe.hash.hexadecimal])
  }

  /// The preferences of an extract; never throws.
  public func samples(from extract: Extract) -> GeneratorOutcome {
    let outcome = pairs.samples(from: extract)
    let text = ExtractText(extract)
    var result = GeneratorOutcome(of: extract, rejected: outcome.rejected)
    for case .instruction(let pair) in outcome.accepted.map(\.sample) {
      let chosen = (pair.provenance.start - extract.start)..<(pair.provenance.end - extract.start)
      guard let rejected = text.worseAnswer(than: chosen) else {
        let evidence = "“\(pair.instruction)” has a short answer, and its extract nothing else"
        result.rejected.append(Rejection(extract, rule: "no_worse_answer", evidence: evidence))
        continue
      }
      let sample = PreferenceSample(
        prompt: pair.instruction, chosen: pair.output, rejected: rejected,
        provenance: extract.provenance(chosen, recipe: recipe), index: result.accepted.count)
      let distinct = outcome.accepted.first { $0.sample == .instruction(pair) }?.distinctInstruction
      result.accepted.append(GeneratorOutcome.Candidate(.preference(sample), distinctInstruction: distinct))
    }
    return result
  }
}

extension ExtractText {
  /// An answer that is worse than the one of these bytes; nil if the extract has none.
  fileprivate func worseAnswer(than chosen: Range<Int>) -> String? {
    let stretches = [whole.lowerBound..<chosen.lowerBound, chosen.upperBound..<whole.upperBound]
    let other = stretches.compactMap { stretch in
      firstNonSpace(in: stretch).flatMap { answer(from: $0, upTo: stretch.upperBound, limit: chosen.count) }
    }.first
    let candidates = [other.map(string), brokenOff(chosen)].compactMap { $0 }
    guard !candidates.isEmpty else { return nil }
    return choose(candidates, by: key("worse", chosen.lowerBound))
  }

  private func firstNonSpace(in range: Range<Int>) -> Int? {
    bytes[range].firstIndex { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  /// About the first half of an answer, up to a word inside a sentence; nil if it has no such place.
  private func brokenOff(_ chosen: Range<Int>) -> String? {
    guard chosen.count >= 2 * shortestAnswer else { return nil }
    let middle = chosen.lowerBound + chosen.count / 2
    guard let space = bytes[middle..<chosen.upperBound].firstIndex(of: UInt8(ascii: " ")) else { return nil }
    let start = string(chosen.lowerBound..<space)
    guard let last = start.last, last.isLetter || last.isNumber || last == "," else { return nil }
    return start
  }
}
