import Domain

/// The candidates without those that repeat an instruction or an answer of one before them, by document and place.
///
/// A repeated instruction is asked again in the form that names its document, if it has one. Letter case, white space
/// and punctuation make no difference.
func deduplicated(_ candidates: [GeneratorOutcome.Candidate]) -> (kept: [Sample], rejected: [Rejection]) {
  var instructions: Set<String> = []
  var answers: Set<String> = []
  var kept: [Sample] = []
  var rejected: [Rejection] = []
  for candidate in candidates.sorted(by: isBefore) {
    var sample = candidate.sample
    let answer = normalized(sample.answer)
    guard !answers.contains(answer) else {
      rejected.append(Rejection(sample, rule: "duplicate_answer", detail: "another sample has the same answer"))
      continue
    }
    if instructions.contains(normalized(sample.instruction)), let distinct = candidate.distinctInstruction {
      sample.instruction = distinct
    }
    guard instructions.insert(normalized(sample.instruction)).inserted else {
      rejected.append(
        Rejection(sample, rule: "duplicate_instruction", detail: "another sample has the same instruction"))
      continue
    }
    answers.insert(answer)
    kept.append(sample)
  }
  return (kept, rejected)
}

private func isBefore(_ left: GeneratorOutcome.Candidate, _ right: GeneratorOutcome.Candidate) -> Bool {
  let (first, second) = (left.sample.provenance, right.sample.provenance)
  if first.documentID != second.documentID { return first.documentID < second.documentID }
  if first.start != second.start { return first.start < second.start }
  if first.end != second.end { return first.end < second.end }
  return left.sample.id < right.sample.id
}

/// Letters and digits only, in lower case, with single spaces.
func normalized(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  var spacePending = false
  for scalar in text.unicodeScalars {
    if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      if spacePending, !result.isEmpty { result.append(" ") }
      spacePending = false
      result.append(scalar)
    } else {
      spacePending = true
    }
  }
  return String(result).lowercased()
}
