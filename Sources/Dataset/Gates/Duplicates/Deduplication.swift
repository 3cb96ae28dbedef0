import Domain

/// Candidates without those that repeat another, and what became of the others.
struct DeduplicatedSamples {
  var kept: [GeneratorOutcome.Candidate] = []
  var rejected: [Rejection] = []
  var clusters: DuplicateClusters
  /// Pairs of documents of which one has the (nearly) same answer as the other: they stay on one side of the split.
  var relatedDocuments: [(Identifier, Identifier)] = []
}

/// The candidates without those whose instruction or answer is that of one before them, by document and place, or nearly
/// that.
///
/// A repeated instruction is asked again in the form that names its document, if it has one. Letter case, white space
/// and punctuation make no difference; from a Jaccard similarity of `threshold` on two texts are the same.
func deduplicated(_ candidates: [GeneratorOutcome.Candidate], threshold: Double) -> DeduplicatedSamples {
  var filter = DuplicateFilter(threshold: threshold)
  for candidate in candidates.sorted(by: isBefore) { filter.add(candidate) }
  return filter.result
}

/// Takes candidates one after the other.
private struct DuplicateFilter {
  private var instructions: TextIndex
  private var answers: TextIndex
  private var kept: [GeneratorOutcome.Candidate] = []
  private var rejected: [Rejection] = []
  private var related: [(Identifier, Identifier)] = []
  private var removed: [Identifier: Int] = [:]

  init(threshold: Double) {
    instructions = TextIndex(threshold: threshold)
    answers = TextIndex(threshold: threshold)
  }

  var result: DeduplicatedSamples {
    DeduplicatedSamples(
      kept: kept, rejected: rejected,
      clusters: DuplicateClusters(removed: removed, kept: kept.map(\.sample.id)), relatedDocuments: related)
  }

  mutating func add(_ candidate: GeneratorOutcome.Candidate) {
    var candidate = candidate
    let answer = TextIndex.Entry(candidate.sample.answer)
    if let match = answers.match(answer) {
      related.append((kept[match.index].sample.provenance.documentID, candidate.sample.provenance.documentID))
      return reject(candidate.sample, "answer", match)
    }
    var instruction = TextIndex.Entry(candidate.sample.instruction)
    if instructions.match(instruction) != nil, let distinct = candidate.distinctInstruction {
      candidate.sample.instruction = distinct
      instruction = TextIndex.Entry(distinct)
    }
    if let match = instructions.match(instruction) { return reject(candidate.sample, "instruction", match) }
    instructions.insert(instruction)
    answers.insert(answer)
    kept.append(candidate)
  }

  private mutating func reject(_ sample: Sample, _ field: String, _ match: TextIndex.Match) {
    let other = kept[match.index].sample
    removed[other.id, default: 0] += 1
    let finding =
      match.similarity == 1 && match.isEqual
      ? Finding("duplicate_\(field)", "the sample \(other.id) has the same \(field)")
      : Finding(
        "near_duplicate_\(field)",
        "the \(field) of the sample \(other.id) shares \(percent(match.similarity)) of the runs of three words")
    rejected.append(Rejection(sample, finding))
  }
}

/// Texts that were kept, equal and similar ones found.
struct TextIndex {
  /// A text as it is compared.
  struct Entry {
    let words: String
    let grams: Set<UInt64>

    init(_ text: String) {
      words = normalized(text)
      grams = Set(wordGrams(words.split(separator: " "), NearDuplicateIndex.gramLength))
    }
  }

  /// A kept text, by its number, and how alike it is.
  typealias Match = (index: Int, similarity: Double, isEqual: Bool)

  private var equal: [String: Int] = [:]
  private var near: NearDuplicateIndex

  init(threshold: Double) { near = NearDuplicateIndex(threshold: threshold) }

  func match(_ entry: Entry) -> Match? {
    if let index = equal[entry.words] { return (index, 1, true) }
    return near.match(entry.grams).map { ($0.index, $0.similarity, false) }
  }

  /// Keeps a text that equals none before it, under the next number.
  mutating func insert(_ entry: Entry) {
    equal[entry.words] = equal.count
    near.insert(entry.grams)
  }

  /// Keeps a text unless it equals one before it.
  ///
  /// - Returns: whether it was kept.
  mutating func insertNew(_ entry: Entry) -> Bool {
    guard equal[entry.words] == nil else { return false }
    insert(entry)
    return true
  }
}

private func isBefore(_ left: GeneratorOutcome.Candidate, _ right: GeneratorOutcome.Candidate) -> Bool {
  let (first, second) = (left.sample.provenance, right.sample.provenance)
  if first.documentID != second.documentID { return first.documentID < second.documentID }
  if first.start != second.start { return first.start < second.start }
  if first.end != second.end { return first.end < second.end }
  return left.sample.id < right.sample.id
}
