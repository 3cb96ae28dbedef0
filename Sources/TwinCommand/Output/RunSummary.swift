
/// What a person is told of a run that ended.
func summary(of record: RunRecord, verbose: Bool) -> String {
  var lines = ["\(record.pipeline): \(headline(record)) in \(readableDuration(record.seconds))"]
  let rows = record.steps.filter { verbose || $0.items.counted > 0 }.map { step in
    [
      "  " + step.name, step.status.rawValue, String(step.items.out), String(step.items.computed),
      String(step.items.cached), String(step.items.deleted), String(step.items.failed),
    ]
  }
  if !rows.isEmpty {
    lines.append(table(rows, header: ["  step", "status", "out", "computed", "cached", "deleted", "failed"]))
  }
  for failure in record.failures {
    let tries = failure.attempts > 1 ? " (tried \(failure.attempts) times)" : ""
    lines.append("  failed: \(failure.item ?? "step \(failure.step)")\(tries): \(failure.error)")
  }
  lines.append("  record: \(record.runID)")
  return lines.joined(separator: "\n")
}

private func headline(_ record: RunRecord) -> String {
  switch record.status {
  case .succeeded: "done"
  case .unchanged: "nothing changed"
  case .partial: "done, but \(counted(record.failures.count, "item")) failed and will be tried again by the next run,"
  case .failed: "failed"
  case .cancelled: "interrupted"
  case .running: "running"
  }
}

extension ItemCounts {
  fileprivate var counted: Int { computed + cached + deleted + failed }
}
