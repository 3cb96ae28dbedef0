import Pipelines

/// What a person is told of a run that ended.
func summary(of record: RunRecord, verbose: Bool) -> String {
  var lines = ["\(record.pipeline): \(headline(record)) (\(readableDuration(record.seconds)))"]
  lines += results(of: record).map { "  " + $0 }
  if verbose { lines.append(steps(of: record)) }
  for failure in record.failures {
    let tries = failure.attempts > 1 ? " (tried \(failure.attempts) times)" : ""
    lines.append("  failed: \(failure.item ?? "step \(failure.step)")\(tries)")
    lines.append("    \(failure.error)")
  }
  if verbose { lines.append("  record: \(record.runID)") }
  return lines.joined(separator: "\n")
}

private func headline(_ record: RunRecord) -> String {
  switch record.status {
  case .succeeded: "done"
  case .unchanged: "nothing changed"
  case .partial: "done, with \(counted(record.failures.count, "failure")) to be tried again by the next run"
  case .failed: "failed"
  case .cancelled, .interrupted: "interrupted"
  case .running: "running"
  }
}

private func steps(of record: RunRecord) -> String {
  let rows = record.steps.map { step -> [String] in
    let items = step.items
    let numbers = [items.out, items.computed, items.cached, items.deleted, items.failed].map(String.init)
    return ["  " + step.name, step.status.rawValue] + numbers + [readableDuration(step.seconds)]
  }
  return table(rows, header: ["  step", "status", "out", "computed", "cached", "deleted", "failed", "took"])
}

/// What the pipeline's own steps noted, in words.
private func results(of record: RunRecord) -> [String] {
  let artifacts = Dictionary(record.artifacts.map { ($0.name, $0.metadata) }, uniquingKeysWith: { $1 })
  switch PipelineName(rawValue: record.pipeline) {
  case .etl:
    guard let summary = artifacts["crawlSummary"], let noted = summary["documents"] else { return [] }
    var skipped: [String] = []
    if case .object(let reasons)? = summary["skipped"], !reasons.isEmpty {
      skipped = [
        "skipped: " + reasons.sorted { $0.key < $1.key }.map { "\($1.text ?? "") \($0)" }.joined(separator: ", ")
      ]
    }
    let words: KeyValuePairs = ["inserted": "new", "updated": "updated", "unchanged": "unchanged", "deleted": "gone"]
    return ["documents: " + numbers(noted, words)] + skipped
  case .features:
    guard let plan = artifacts["featureSummary"] else { return [] }
    let model = plan["embedding"]?["name"]?.text ?? ""
    let dimension = plan["embedding"]?["dimension"]?.text ?? ""
    if plan["changed"]?.text == "0" && plan["unchanged"]?.text == "0" {
      return ["the warehouse has no documents of these authors; `twin etl` brings them in"]
    }
    let dropped = plan["dropped_vectors_of"]?.text.map { ["the vectors of \($0) were dropped and made anew"] } ?? []
    return dropped + [
      "documents: \(plan["changed"]?.text ?? "0") embedded, \(plan["unchanged"]?.text ?? "0") unchanged, "
        + "\(plan["gone"]?.text ?? "0") gone",
      "chunks: \(plan["chunks"]?["count"]?.text ?? "0") new, by \(model) (\(dimension) dimensions)",
    ]
  case .dataset:
    guard let written = artifacts["writtenDataset"] else { return [] }
    return [
      "pairs: \(written["train"]?.text ?? "0") train, \(written["test"]?.text ?? "0") test, "
        + "\(written["rejected"]?.text ?? "0") rejected",
      "written to \(written["folder"]?.text ?? "")",
    ]
  case nil: return []
  }
}

private func numbers(_ noted: JSONValue, _ words: KeyValuePairs<String, String>) -> String {
  words.map { "\(noted[$0.key]?.text ?? "0") \($0.value)" }.joined(separator: ", ")
}

extension JSONValue {
  /// The member of an object.
  fileprivate subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  /// A scalar as text.
  fileprivate var text: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .number(let number): String(number)
    default: nil
    }
  }
}
