import Pipelines

/// What a person is told of a run that ended.
func summary(of record: RunRecord, verbose: Bool) -> String {
  var lines = ["\(record.pipeline): \(headline(record)) (\(readableDuration(record.seconds)))"]
  lines += results(of: record).map { "  " + $0 }
  if verbose { lines.append(stepTable(of: record)) }
  lines += failureLines(of: record)
  if verbose { lines.append("  record: \(record.runID)") }
  return lines.joined(separator: "\n")
}

/// Two lines for each failure: what failed, and why.
func failureLines(of record: RunRecord) -> [String] {
  record.failures.flatMap { failure in
    let tries = failure.attempts > 1 ? " (tried \(failure.attempts) times)" : ""
    return ["  failed: \(failure.item ?? "step \(failure.step)")\(tries)", "    \(failure.error)"]
  }
}

/// How a run went, in a few words.
func headline(_ record: RunRecord) -> String {
  switch record.status {
  case .succeeded: "done"
  case .unchanged: "nothing changed"
  case .partial: "done, with \(counted(record.failures.count, "failure")) to be tried again by the next run"
  case .failed: "failed"
  case .cancelled, .interrupted: "interrupted"
  case .running: "running"
  }
}

/// What became of each step, in columns.
func stepTable(of record: RunRecord) -> String {
  let rows = record.steps.map { step -> [String] in
    let items = step.items
    let counts = [items.in, items.out, items.computed, items.cached, items.deleted, items.failed, step.retries]
    let cache = step.uncached == nil ? step.cache?.rawValue ?? "" : "never"
    let took = step.started == nil && step.seconds == 0 ? "" : readableDuration(step.seconds)
    return ["  " + step.name, step.status.rawValue] + counts.map(cell) + [took, cache]
  }
  return table(
    rows,
    header: [
      "  step", "status", "in", "out", "computed", "cached", "deleted", "failed", "retries", "took", "cache",
    ])
}

/// What the pipeline's own steps noted, in words.
func results(of record: RunRecord) -> [String] {
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
    let words: KeyValuePairs = ["inserted": "new", "updated": "updated", "unchanged": "unchanged", "gone": "gone"]
    return ["documents: " + numbers(noted, words)] + skipped + hostTable(summary["hosts"])
  case .features:
    guard let summary = artifacts["featureSummary"] else { return [] }
    func noted(_ name: String) -> String { summary[name]?.text ?? "0" }
    if noted("changed") == "0" && noted("unchanged") == "0" && noted("gone") == "0" {
      return ["the warehouse has no documents of these authors; `twin etl` brings them in"]
    }
    let replaced = summary["replaced_vectors_of"]?.text.map { ["the vectors of \($0) are replaced"] } ?? []
    let waiting = summary["change_of_model_waits_for"]?.text.map {
      [
        "searches find the former vectors until \($0) more documents are embedded; `twin vectors migrate` embeds also "
          + "those that the warehouse does not have"
      ]
    }
    let model = summary["embedding"]?["name"]?.text ?? ""
    let dimension = summary["embedding"]?["dimension"]?.text ?? ""
    let duplicates = ["exact", "near"].map { summary["duplicates"]?[$0]?.text ?? "0" }
    let repeated =
      duplicates == ["0", "0"]
      ? [] : ["duplicates: \(duplicates[0]) exact, \(duplicates[1]) near; searches leave them out"]
    return otherChanges(summary) + replaced + (waiting ?? []) + [
      "documents: \(noted("changed")) embedded, \(noted("unchanged")) unchanged, \(noted("gone")) gone",
      "chunks: \(summary["chunks"]?["count"]?.text ?? "0") new, by \(model) (\(dimension) dimensions)",
    ] + removals(summary["removals"]) + repeated
  case .dataset:
    guard let written = artifacts["writtenDataset"] else { return [] }
    return [
      "pairs: \(written["train"]?.text ?? "0") train, \(written["test"]?.text ?? "0") test, "
        + "\(written["rejected"]?.text ?? "0") rejected",
      "written to \(written["folder"]?.text ?? "")",
    ]
  case nil:
    if record.pipeline == MigrationPipeline.recordedName { return migrationResults(artifacts["migrationSummary"]) }
    guard record.pipeline == ImportPipeline.recordedName, let imported = artifacts["importedRows"] else { return [] }
    let words: KeyValuePairs = ["inserted": "new", "updated": "updated", "unchanged": "unchanged", "failed": "failed"]
    return ["rows: " + words.map { "\(imported[$0.key]?.text ?? "0") \($0.value)" }.joined(separator: ", ")]
  }
}

/// What cleaning took out of the documents; nothing if it took nothing out.
private func removals(_ noted: JSONValue?) -> [String] {
  var words: [String] = []
  if let lines = noted?["boilerplate_lines"]?.text, lines != "0" { words.append("\(lines) lines of boilerplate") }
  if case .object(let kinds)? = noted?["personal_data"] {
    words += kinds.sorted { $0.key < $1.key }.map { "\($1.text ?? "") [\($0)]" }
  }
  return words.isEmpty ? [] : ["left out: " + words.joined(separator: ", ")]
}

/// What came of each host, in columns; nothing if nothing but files was read. Those where something failed come first.
private func hostTable(_ noted: JSONValue?) -> [String] {
  guard case .object(let hosts)? = noted, hosts.keys.contains(where: { $0 != "local" }) else { return [] }
  let columns = ["documents", "unchanged", "gone", "skipped", "failed"]
  let rows = hosts.map { name, tally in
    (name: name, counts: columns.map { tally["items"]?[$0]?.text.flatMap { Int($0) } ?? 0 })
  }.sorted { left, right in
    let (first, second) = (left.counts, right.counts)
    return (second[4], second[0], left.name) < (first[4], first[0], right.name)
  }
  let shown = table(
    rows.prefix(longestHostTable).map { [$0.name] + $0.counts.map(cell) }, header: ["host"] + columns)
  let left = rows.count - longestHostTable
  return shown.split(separator: "\n").map(String.init)
    + (left > 0 ? ["and \(counted(left, "host")) more; `twin etl --json` names all"] : [])
}

/// How many hosts are shown by name.
private let longestHostTable = 20

/// What became of changes of the vectors' model to another one than the run's.
private func otherChanges(_ summary: [String: JSONValue]) -> [String] {
  let abandoned = summary["abandoned_change_to"]?.text.map {
    "the change of the vectors to \($0), which was under way, is given up"
  }
  let going = summary["changes_to"]?.text.map {
    "the vectors are being changed to \($0): a run with that model goes on, `twin vectors drop --pending` gives it up"
  }
  return [abandoned, going].compactMap(\.self)
}

private func migrationResults(_ summary: [String: JSONValue]?) -> [String] {
  guard let summary else { return [] }
  func noted(_ name: String) -> String { summary[name]?.text ?? "0" }
  let model = summary["model"]?["name"]?.text ?? ""
  guard let former = summary["former"]?.text else {
    return otherChanges(summary) + ["the vectors are those of \(model) already: there is nothing to do"]
  }
  let left: KeyValuePairs = ["kept": "by an interrupted migration", "failed": "failed", "incomplete": "incomplete"]
  let others = left.filter { noted($0.key) != "0" }.map { ", \(noted($0.key)) \($0.value)" }.joined()
  var lines = [
    "documents: \(noted("embedded")) embedded\(others)",
    "chunks: \(summary["chunks"]?["count"]?.text ?? "0") new, by \(model)",
  ]
  if case .bool(false)? = summary["active"] {
    lines.append(
      "searches still find the vectors of \(former): put the failures right and migrate again, or give "
        + "--leave-out-failed")
  } else if case .bool(true)? = summary["changes_form"] {
    lines.append("the vectors of \(model) are stored as this version does now")
  } else {
    lines.append("searches find the vectors of \(model) now, and no longer those of \(former)")
  }
  return otherChanges(summary) + lines
}

private func numbers(_ noted: JSONValue, _ words: KeyValuePairs<String, String>) -> String {
  words.map { "\(noted[$0.key]?.text ?? "0") \($0.value)" }.joined(separator: ", ")
}
