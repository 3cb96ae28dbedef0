import Domain

/// A prompt with some of a set's samples as examples, for a model that is not to be trained.
public struct FewShotPrompt: Hashable, Sendable {
  /// The samples, in the order in which they stand in the prompt.
  public let samples: [Sample]
  private let system: String

  /// Chooses `count` training samples that differ as much as possible.
  ///
  /// The first is the one whose answer has the median length; each further one is that whose words are least like those of
  /// the samples chosen so far (farthest-first traversal; Gonzalez, "Clustering to minimize the maximum intercluster
  /// distance", 1985). Of equals the lower identifier wins: equal sets give equal prompts.
  public init(of dataset: BuiltDataset, count: Int) {
    system = dataset.settings.system
    let all = dataset.train
    let words = all.map { Set(wordGrams(normalizedWords($0.instruction + " " + $0.answer), 1)) }
    let byLength = all.indices.sorted {
      (all[$0].answer.utf8.count, all[$0].id.uuidString) < (all[$1].answer.utf8.count, all[$1].id.uuidString)
    }
    var chosen = byLength.isEmpty ? [] : [byLength[byLength.count / 2]]
    var nearest = all.indices.map { index in chosen.first.map { jaccard(words[index], words[$0]) } ?? 0 }
    while chosen.count < min(count, all.count) {
      let rest = all.indices.filter { !chosen.contains($0) }
      guard let next = rest.min(by: { (nearest[$0], all[$0].id.uuidString) < (nearest[$1], all[$1].id.uuidString) })
      else { break }
      chosen.append(next)
      for index in all.indices { nearest[index] = max(nearest[index], jaccard(words[index], words[next])) }
    }
    samples = chosen.prefix(max(0, count)).map { all[$0] }
  }

  /// The prompt as Markdown: what to do, the examples, and a place for the question at the end.
  public var text: String {
    var parts = system.isEmpty ? [] : [system]
    parts.append("Answer as the author of these examples does: with the same terms, turns of phrase and rhythm.")
    for (index, sample) in samples.enumerated() {
      parts.append(
        "## Example \(index + 1)\n\n### Instruction\n\n\(sample.instruction)\n\n### Answer\n\n\(sample.answer)")
    }
    parts.append("## Your turn\n\n### Instruction\n\n{{instruction}}\n\n### Answer\n")
    return parts.joined(separator: "\n\n")
  }
}
