import Domain

/// Makes a dataset of what generators gave: without duplicates, and split by document.
///
/// The same outcomes in any order give the same set.
public func buildDataset(
  _ kind: DatasetKind, from outcomes: [GeneratorOutcome], testSplit: Double
) -> BuiltDataset {
  let candidates = outcomes.flatMap(\.accepted).filter { $0.sample.kind == kind }
  let unique = deduplicated(candidates)
  let testDocuments = testDocuments(of: unique.kept, share: testSplit)
  let samples = unique.kept.sorted { $0.id < $1.id }
  return BuiltDataset(
    kind: kind, train: samples.filter { !testDocuments.contains($0.provenance.documentID) },
    test: samples.filter { testDocuments.contains($0.provenance.documentID) },
    rejected: (outcomes.flatMap(\.rejected) + unique.rejected).sorted(by: isBefore))
}

private func isBefore(_ left: Rejection, _ right: Rejection) -> Bool {
  if left.documentID != right.documentID { return left.documentID < right.documentID }
  if left.start != right.start { return left.start < right.start }
  if left.end != right.end { return left.end < right.end }
  if left.rule != right.rule { return left.rule < right.rule }
  return (left.instruction ?? "", left.answer ?? "", left.detail)
    < (right.instruction ?? "", right.answer ?? "", right.detail)
}

extension Sample {
  /// What a set of such samples trains.
  public var kind: DatasetKind {
    switch self {
    case .instruction: .instruction
    case .preference: .preference
    }
  }
}
