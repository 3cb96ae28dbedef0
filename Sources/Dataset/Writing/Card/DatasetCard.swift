import Domain

/// The set's `README.md`: what is in it, how it was made, and what was left out. Equal sets give equal cards.
///
/// It begins with the front matter that the Hugging Face hub and its `datasets` library read.
struct DatasetCard {
  private let dataset: BuiltDataset
  private let formats: [DatasetFormat]
  private let statistics: DatasetStatistics
  /// The bytes of the files, by name.
  private let sizes: [String: Int]

  init(_ dataset: BuiltDataset, formats: [DatasetFormat], statistics: DatasetStatistics, sizes: [String: Int]) {
    self.dataset = dataset
    self.formats = DatasetFormat.allCases.filter(formats.contains)
    self.statistics = statistics
    self.sizes = sizes
  }

  /// The whole card.
  var text: String {
    let matter = FrontMatter(dataset, formats: formats, statistics: statistics, sizes: sizes).lines
    let parts = [
      matter, introduction, counts, [sizeRemark], use, making, quality, style, pictures, omissions,
    ]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var samples: [Sample] { dataset.samples }

  private var introduction: [String] {
    let authors = Set(samples.map(\.provenance.authorFullName)).sorted()
    let kind = dataset.kind == .instruction ? "Instruction dataset" : "Preference dataset"
    return [
      "# \(dataset.settings.name.isEmpty ? kind : oneLine(dataset.settings.name))", "",
      "Made from the writing of \(authors.isEmpty ? "nobody yet" : oneLine(authors.joined(separator: ", "))).",
    ]
  }

  private var counts: [String] {
    var lines = ["| | samples | documents |", "|---|---|---|"]
    for (side, samples) in zip(sideNames, [dataset.train, dataset.test]) where !samples.isEmpty {
      lines.append("| \(side) | \(samples.count) | \(Set(samples.map(\.provenance.documentID)).count) |")
    }
    let categories = statistics.categories.sorted { $0.key < $1.key }
    if categories.count > 1 {
      lines += ["", "| category | samples |", "|---|---|"] + categories.map { "| \($0.key) | \($0.value) |" }
    }
    return lines
  }

  /// How the size compares with what is usual.
  private var sizeRemark: String {
    let count = dataset.train.count
    let usual =
      "Fine-tuning for one task or one style usually takes 100 to 100,000 samples, general tuning about 1,000,000"
    let place =
      switch count {
      case ..<100: "fewer than either: enough to try things out, and as examples in a prompt"
      case 100...100_000: "within the first"
      case 100_001..<1_000_000: "between the two"
      default: "as many as the second"
      }
    return "**Size.** \(usual). This set has \(count) to train on: \(place)."
  }

  private var use: [String] {
    let trained =
      switch dataset.settings.trainOn {
      case .answers: "Training is on the answers only: what is asked is given, and not to be learnt"
      case .everything: "Training is on everything: system message, instruction and answer"
      }
    var lines = ["## Use", "", "\(trained) (`train_on: \(dataset.settings.trainOn.rawValue)`)."]
    if !dataset.settings.system.isEmpty {
      lines += ["", "Every sample has this system message:", "", quoted(dataset.settings.system)]
    }
    if !formats.isEmpty {
      lines += [
        "", "```python", "from datasets import load_dataset", "dataset = load_dataset(\".\")  # this folder", "```",
      ]
      if formats.contains(.parquet), let other = formats.first(where: { $0 != .parquet }) {
        let file = dataset.rowFiles(in: [other]).first?.name ?? other.fileName(sideNames[0])
        lines += [
          "", "That takes the Parquet files; the others are read by `load_dataset(\"json\", data_files=\"\(file)\")`.",
        ]
      }
    }
    lines += [
      "", "`provenance.jsonl` has every sample whole, with the document and the bytes that it was made from.",
    ]
    return lines
  }

  private var making: [String] {
    let recipes = Set(samples.map { "\($0.provenance.recipe) (\($0.provenance.recipeHash.hexadecimal.prefix(12)))" })
    return ["## How it was made", ""] + recipes.sorted().map { "- \(oneLine($0))" } + ["", method, "", split]
  }

  private var method: String {
    switch dataset.kind {
    case .instruction where samples.allSatisfy { $0.provenance.recipe.hasPrefix("extractive/") }:
      "Every answer is a stretch of the author's text, byte for byte; every instruction comes from the structure of the "
        + "document: a heading, a question, a definition, a key phrase. No model took part."
    case .instruction: "Instructions and answers were written by a language model from the author's text and checked."
    case .preference where samples.allSatisfy { $0.provenance.recipe.hasPrefix("extractive-preference/") }:
      "Every chosen answer is a stretch of the author's text, byte for byte. The rejected one is another stretch, which "
        + "does not answer the prompt, or the chosen one broken off inside a sentence. No model took part, and nothing "
        + "about the author's voice can be learned from the difference."
    case .preference:
      "Every chosen answer is a stretch of the author's text, byte for byte; the rejected one was written by a language "
        + "model."
    }
  }

  private var split: String {
    "The split is by document, and by group of documents that share their text. No instruction and no answer stands in "
      + "both sides, nor one that shares \(percent(dataset.settings.gates.nearDuplicates)) of its runs of three words."
  }

  private var quality: [String] {
    guard !samples.isEmpty else { return [] }
    func row(_ name: String, _ spread: DatasetStatistics.Spread) -> String {
      "| \(name) | \(short(spread.mean)) | \(spread.quartiles.map(short).joined(separator: " | ")) |"
    }
    var lines = [
      "## What is in it", "", "| | mean | least | | middle | | greatest |", "|---|---|---|---|---|---|---|",
      row("characters of instructions", statistics.instructionLength),
      row("characters of answers", statistics.answerLength),
      row("different words among the first 100", statistics.wordVariety),
    ]
    if statistics.languages["en"] != nil { lines.append(row("reading ease (Flesch)", statistics.readingEase)) }
    lines += [
      "", "| different runs of | 1 word | 2 words | 3 words |", "|---|---|---|---|",
      "| instructions | \(statistics.distinctInstructionGrams.map(percent).joined(separator: " | ")) |",
      "| answers | \(statistics.distinctAnswerGrams.map(percent).joined(separator: " | ")) |", "",
      "An instruction shares \(percent(statistics.instructionSimilarity)) of its words with the one most like it. "
        + "\(percent(statistics.verbatim)) of the answers are the author's bytes.", "",
      "Instructions begin with: "
        + statistics.openings.map { "“\(oneLine($0.words))” (\($0.count))" }.joined(separator: ", ") + ".",
    ]
    if let clusters = dataset.clusters, let largest = clusters.largest.first {
      let all = clusters.sizes.filter { $0.key != "1" }.reduce(0) { $0 + $1.value }
      lines += [
        "",
        "Of \(all) \(all == 1 ? "sample" : "samples") there were repetitions, of which one stays; the largest such "
          + "cluster has \(largest.removed + 1).",
      ]
    }
    return lines
  }

  private var style: [String] {
    guard !dataset.style.isEmpty else { return [] }
    var lines = [
      "## Style", "",
      "How far the answers as a whole are from the author's own texts, and in brackets one half of these texts from the "
        + "other. Delta is in standard deviations of function words (Burrows 2002), the cosine is of runs of three "
        + "characters (1 is the same), the divergences are Jensen–Shannon's (0 is the same).", "",
      "| author | answers | Delta | characters | punctuation | sentence length |", "|---|---|---|---|---|---|",
    ]
    for summary in dataset.style {
      func pair(_ value: (StyleScores) -> Double?) -> String {
        let (answers, own) = (value(summary.scores), value(summary.own))
        return "\(answers.map(short) ?? "–") (\(own.map(short) ?? "–"))"
      }
      lines.append(
        "| \(oneLine(summary.author)) | \(summary.answers) | \(pair(\.delta)) | \(pair(\.characters)) | "
          + "\(pair(\.punctuation)) | \(pair(\.sentenceLength)) |")
    }
    return lines
  }

  private var pictures: [String] {
    let present = histogramNames.filter { sizes[$0] != nil }
    return present.map { "![\($0.dropLast(4).replacing("-", with: " "))](\($0))" }
  }

  private var omissions: [String] {
    let counts = dataset.rejectionCounts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var lines = ["## What was left out", ""]
    lines +=
      counts.isEmpty
      ? ["Nothing."] : ["| rule | count |", "|---|---|"] + counts.map { "| \($0.key) | \($0.value) |" }
    if !dataset.gates.isEmpty {
      lines += ["", "| gate, in their order | looked at | left out |", "|---|---|---|"]
      lines += dataset.gates.map { "| \($0.gate) | \($0.lookedAt) | \($0.leftOut) |" }
    }
    return lines + ["", "`rejected.jsonl`, which is not pushed with the set, has each one with its evidence."]
  }

  private func short(_ value: Double) -> String {
    abs(value) >= 100 ? String(Int(value.rounded())) : "\((value * 100).rounded() / 100)"
  }

  /// Text of others as it may stand in a line or a cell of Markdown.
  private func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("|", with: "\\|").replacing(
      "<", with: "\\<")
  }

  private func quoted(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { "> \($0)" }.joined(separator: "\n")
  }
}
