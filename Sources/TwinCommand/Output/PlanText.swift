import Pipelines

/// What a person is told of a run that has not been made.
func planText(_ preview: RunPreview) -> String {
  let rows = preview.steps.map { step -> [String] in
    let items = step.items
    return ["  " + step.name, step.action.rawValue] + [items.in, items.computed, items.cached].map(cell)
      + [step.reason ?? step.uncached ?? ""]
  }
  var lines = ["\(preview.pipeline): \(headline(of: preview))"]
  lines.append(table(rows, header: ["  step", "action", "items", "new", "cached", "reason"]))
  lines += preview.warnings.map { "  warning: \($0)" }
  return lines.joined(separator: "\n")
}

/// The plan in a few words.
func headline(of preview: RunPreview) -> String {
  let steps = Dictionary(preview.steps.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
  if let failed = preview.steps.first(where: { $0.action == .unknown && $0.items.failed > 0 }) {
    return "not known, since \(failed.name) failed"
  }
  let told: String? =
    switch PipelineName(rawValue: preview.pipeline) {
    case .etl: steps["crawlJobs"].map { "\(counted($0.items.out, "source")) would be crawled" }
    case .features: steps["documentChanges"].map { documents($0.items, gone: steps["goneDocuments"]?.items.out ?? 0) }
    case .dataset: steps["outcomes"].flatMap { extracts($0) }
    case nil: nil
    }
  return told ?? stepsToRun(preview)
}

private func documents(_ items: ItemCounts, gone: Int) -> String {
  if items.computed == 0 && gone == 0 { return "nothing would be done, \(counted(items.cached, "document")) unchanged" }
  var parts = ["\(counted(items.computed, "document")) would be embedded"]
  parts.append("\(items.cached) \(items.cached == 1 ? "is" : "are") unchanged")
  if gone > 0 { parts.append("\(gone) would be deleted") }
  return parts.joined(separator: ", ")
}

private func extracts(_ step: StepPreview) -> String? {
  switch step.action {
  case .run: "pairs would be made of \(counted(step.items.computed, "extract")), \(step.items.cached) unchanged"
  case .cached: "no pairs would be made, those of \(counted(step.items.cached, "extract")) are unchanged"
  case .reads, .act, .unknown: nil
  }
}

private func stepsToRun(_ preview: RunPreview) -> String {
  let running = preview.steps.filter { $0.action == .run || $0.action == .act }
  return running.isEmpty ? "nothing would be done" : "\(running.map(\.name).joined(separator: ", ")) would run"
}
