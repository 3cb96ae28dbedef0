import Domain

/// Makes a dataset of what generators gave: through the gates that look at the whole set, without duplicates, and split
/// by document.
///
/// The same outcomes in any order give the same set. ``gated(_:by:)`` comes before: it looks at each sample by itself.
/// - Parameters:
///   - outcomes: what the generators made, gated or not.
///   - evaluation: texts that no sample may repeat.
/// - Throws: ``DatasetError/leak(what:train:test:)``, which the split rules out.
public func buildDataset(
  from outcomes: [GeneratorOutcome], settings: DatasetSettings = DatasetSettings(),
  evaluation: EvaluationTexts = EvaluationTexts()
) throws -> BuiltDataset {
  var rejected = outcomes.flatMap(\.rejected)
  let index = ContaminationIndex(evaluation, length: settings.gates.contaminationLength)
  var candidates: [GeneratorOutcome.Candidate] = []
  for candidate in outcomes.flatMap(\.accepted) where candidate.sample.kind == settings.kind {
    if let finding = index.finding(in: candidate.sample) {
      rejected.append(Rejection(candidate.sample, finding))
    } else {
      candidates.append(candidate)
    }
  }
  let unique = deduplicated(candidates, threshold: settings.gates.nearDuplicates)
  rejected += unique.rejected
  let style = StyleComparison(outcomes.map(\.extract))
  let kept = unique.kept.sorted { $0.sample.id < $1.sample.id }.map { candidate in
    var candidate = candidate
    candidate.sample.system = settings.system
    candidate.scores?.style = style.scores(of: candidate.sample)
    return candidate
  }
  let tested = testDocuments(
    of: kept.map(\.sample), share: settings.testSplit, byCategory: settings.separatesCategories,
    related: unique.relatedDocuments)
  let sides = Dictionary(grouping: kept) { tested.contains($0.sample.provenance.documentID) }
  let dataset = BuiltDataset(
    settings: settings, train: sides[false, default: []].map(\.sample), test: sides[true, default: []].map(\.sample),
    rejected: rejected.sorted(by: isBefore),
    scores: Dictionary(
      kept.compactMap { candidate in candidate.scores.map { (candidate.sample.id.uuidString, $0) } },
      uniquingKeysWith: { first, _ in first }),
    clusters: unique.clusters,
    gates: gateCounts(rejected: rejected, kept: kept.count, settings: settings, evaluation: evaluation),
    style: style.summaries(of: kept.map(\.sample)))
  try dataset.checkLeaks()
  return dataset
}

private func isBefore(_ left: Rejection, _ right: Rejection) -> Bool {
  if left.documentID != right.documentID { return left.documentID < right.documentID }
  if left.start != right.start { return left.start < right.start }
  if left.end != right.end { return left.end < right.end }
  if left.rule != right.rule { return left.rule < right.rule }
  return (left.sample?.id.uuidString ?? "", left.evidence) < (right.sample?.id.uuidString ?? "", right.evidence)
}
