import Pipelines

/// What a person is told of a run that has not been made.
func planText(_ preview: RunPreview) -> String {
  let rows = preview.steps.map { step -> [String] in
    let items = step.items
    let action = [step.action.word, step.uncached == nil ? "" : "(never cached)"].filter { !$0.isEmpty }
    return ["  " + step.name, action.joined(separator: " ")]
      + [items.in, items.computed, items.cached, items.deleted].map(cell) + [step.reason ?? step.uncached ?? ""]
  }
  var lines = ["\(preview.pipeline): \(headline(of: preview))"]
  lines.append(table(rows, header: ["  step", "what", "items", "new", "cached", "gone", "reason"]))
  lines += preview.warnings.map { "  warning: \($0)" }
  return lines.joined(separator: "\n")
}

/// The plan in one sentence.
func headline(of preview: RunPreview) -> String {
  if let told = preview.steps.lazy.compactMap({ changes(notedBy: $0) }).first { return told }
  let running = preview.steps.filter { $0.action == .run }
  let open = preview.steps.filter { $0.action == .unknown || $0.action == .act }
  if running.isEmpty && open.isEmpty { return "nothing would be done" }
  let names = running.map { step in
    step.items.computed > 0 && step.items.in > 1
      ? "\(step.name) (\(step.items.computed) of \(step.items.in))" : step.name
  }
  if names.isEmpty { return "no step that is cached would run anew" }
  return "\(names.joined(separator: ", ")) would run"
}

/// What would become of documents, where a step that reads noted it.
private func changes(notedBy step: StepPreview) -> String? {
  func count(_ names: String...) -> Int? { names.lazy.compactMap { step.metadata[$0]?.integer }.first }
  guard let changed = count("changed", "computed"), let unchanged = count("unchanged") else { return nil }
  let gone = count("gone", "deleted", "removed") ?? 0
  if changed == 0 && gone == 0 { return "nothing would be done: \(counted(unchanged, "document")) unchanged" }
  var parts = [
    "\(counted(changed, "document")) would be made", "\(unchanged) \(unchanged == 1 ? "is" : "are") unchanged",
  ]
  if gone > 0 { parts.append("\(gone) would be deleted") }
  return parts.joined(separator: ", ")
}

extension StepPreview.Action {
  /// The action as a person reads it.
  fileprivate var word: String {
    switch self {
    case .reads: "reads"
    case .cached: "nothing"
    case .run: "would run"
    case .act: "would act"
    case .unknown: "not known"
    }
  }
}
