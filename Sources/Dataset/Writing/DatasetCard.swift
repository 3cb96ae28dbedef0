import Domain

/// The set's `README.md`: what is in it, how it was made, and what was left out. Equal sets give equal cards.
func datasetCard(_ dataset: BuiltDataset, formats: [DatasetFormat]) -> String {
  datasetCard(
    dataset.kind, train: dataset.train.map(\.provenance), test: dataset.test.map(\.provenance),
    rejectionCounts: dataset.rejectionCounts, formats: formats)
}

/// The same of what is known about the samples of each side, and how many were left out by each rule.
func datasetCard(
  _ kind: DatasetKind, train: [Provenance], test: [Provenance], rejectionCounts: [String: Int],
  formats: [DatasetFormat]
) -> String {
  let samples = train + test
  let authors = Set(samples.map(\.authorFullName)).sorted()
  let recipes = Set(samples.map { "\($0.recipe) (\($0.recipeHash.hexadecimal.prefix(12)))" })
  let sides = [("train", train), ("test", test)].filter { !$0.1.isEmpty }
  var lines = ["---", "configs:"]
  for format in DatasetFormat.allCases where formats.contains(format) {
    lines += ["- config_name: \(format.rawValue)", "  data_files:"]
    for (side, _) in sides { lines += ["  - split: \(side)", "    path: \(format.rawValue).\(side).jsonl"] }
  }
  lines += ["---", "", "# \(kind == .instruction ? "Instruction" : "Preference") dataset", ""]
  lines += ["Made from the writing of \(authors.isEmpty ? "nobody yet" : authors.joined(separator: ", ")).", ""]
  lines += ["| | samples | documents |", "|---|---|---|"]
  for (side, samples) in sides {
    lines.append("| \(side) | \(samples.count) | \(Set(samples.map(\.documentID)).count) |")
  }
  lines += ["", "## How it was made", ""]
  lines += recipes.sorted().map { "- \($0)" }
  lines += ["", paragraph(for: kind, recipes: samples.map(\.recipe)), ""]
  lines += [
    "The split is by document, and by group of documents that share their text; no instruction stands in both.", "",
  ]
  lines += ["`provenance.jsonl` names for every row the document and the bytes that it was made from.", ""]
  lines += ["## What was left out", ""]
  let counts = rejectionCounts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
  lines +=
    counts.isEmpty ? ["Nothing."] : ["| rule | count |", "|---|---|"] + counts.map { "| \($0.key) | \($0.value) |" }
  lines += ["", "`rejected.jsonl` has each one with its reason."]
  return lines.joined(separator: "\n") + "\n"
}

private func paragraph(for kind: DatasetKind, recipes: [String]) -> String {
  switch kind {
  case .instruction where recipes.allSatisfy { $0.hasPrefix("extractive/") }:
    "Every answer is a stretch of the author's text, byte for byte; every instruction comes from the structure of the "
      + "document: a heading, a question, a definition, a key phrase. No model took part."
  case .instruction: "Instructions and answers were written by a language model from the author's text and checked."
  case .preference:
    "Every chosen answer is a stretch of the author's text, byte for byte; the rejected one was written by a language "
      + "model."
  }
}
