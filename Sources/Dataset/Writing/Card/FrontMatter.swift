import Domain
import Foundation

/// What stands in YAML at the beginning of a card: the hub's metadata, and what `load_dataset` needs to know.
///
/// Source: the dataset card specification of the `huggingface_hub` library, and the features of `datasets` in YAML. Text
/// is written as JSON strings, which are YAML, too, whatever they hold.
struct FrontMatter {
  private let dataset: BuiltDataset
  private let formats: [DatasetFormat]
  private let statistics: DatasetStatistics
  private let sizes: [String: Int]

  init(_ dataset: BuiltDataset, formats: [DatasetFormat], statistics: DatasetStatistics, sizes: [String: Int]) {
    self.dataset = dataset
    // `datasets` reads all files that are named with one reader, so that Parquet and JSON lines do not go together.
    self.formats = formats.contains(.parquet) ? [.parquet] : formats
    self.statistics = statistics
    self.sizes = sizes
  }

  var lines: [String] {
    var lines = ["---"]
    let settings = dataset.settings
    if !settings.name.isEmpty { lines.append("pretty_name: \(jsonText(settings.name))") }
    if !settings.license.isEmpty { lines.append("license: \(jsonText(settings.license))") }
    // A few answers may look like another language than they are in.
    let known = statistics.languages.values.reduce(0, +)
    let languages = statistics.languages.filter { tag, count in
      tag.allSatisfy(\.isLetter) && (2...3).contains(tag.count) && count * 10 >= known
    }.keys
    if !languages.isEmpty { lines += ["language:"] + languages.sorted().map { "- \($0)" } }
    lines += ["task_categories:", "- text-generation", "size_categories:", "- \(sizeCategory)"]
    lines += ["tags:", "- llm-twin", "- \(dataset.kind == .instruction ? "instruction-tuning" : "dpo")"]
    lines.append("train_on: \(settings.trainOn.rawValue)")
    if !formats.isEmpty, !dataset.samples.isEmpty { lines += configurations + information }
    return lines + ["---"]
  }

  private var sizeCategory: String {
    switch dataset.samples.count {
    case ..<1000: "n<1K"
    case ..<10_000: "1K<n<10K"
    case ..<100_000: "10K<n<100K"
    case ..<1_000_000: "100K<n<1M"
    default: "1M<n<10M"
    }
  }

  /// What `load_dataset` can load by name: a format, or what one category has of it.
  private struct Subset {
    let name: String
    let format: DatasetFormat
    let files: [RowFile]

    /// The sides that it has, with their files.
    var sides: [(name: String, files: [RowFile])] {
      sideNames.map { side in (side, files.filter { $0.side == side }) }.filter { !$0.1.isEmpty }
    }
  }

  private var subsets: [Subset] {
    formats.flatMap { format -> [Subset] in
      let files = dataset.rowFiles(in: [format])
      let categories = Set(files.compactMap(\.category)).sorted()
      return [Subset(name: format.rawValue, format: format, files: files)]
        + categories.map { category in
          Subset(
            name: "\(format.rawValue)-\(category.rawValue)", format: format,
            files: files.filter { $0.category == category })
        }
    }
  }

  private var configurations: [String] {
    ["configs:"]
      + subsets.flatMap { subset -> [String] in
        var lines = ["- config_name: \(subset.name)"]
        if subset.name == formats.first?.rawValue { lines.append("  default: true") }
        lines.append("  data_files:")
        for side in subset.sides {
          let names = side.files.map(\.name)
          lines.append("  - split: \(side.name)")
          lines += names.count == 1 ? ["    path: \(names[0])"] : ["    path:"] + names.map { "    - \($0)" }
        }
        return lines
      }
  }

  private var information: [String] {
    ["dataset_info:"]
      + subsets.flatMap { subset -> [String] in
        var lines = ["- config_name: \(subset.name)", "  features:"] + features(of: subset.format) + ["  splits:"]
        for side in subset.sides {
          lines += [
            "  - name: \(side.name)", "    num_bytes: \(bytes(of: side.files))",
            "    num_examples: \(side.files.reduce(0) { $0 + $1.samples.count })",
          ]
        }
        let sum = bytes(of: subset.files)
        return lines + ["  download_size: \(sum)", "  dataset_size: \(sum)"]
      }
  }

  private func bytes(of files: [RowFile]) -> Int { files.reduce(0) { $0 + (sizes[$1.name] ?? 0) } }

  private func features(of format: DatasetFormat) -> [String] {
    let answers = dataset.kind == .instruction ? ["output"] : ["chosen", "rejected"]
    let system = dataset.settings.system.isEmpty ? [] : ["system"]
    switch format {
    case .alpaca: return strings((["instruction", "input"] + answers + system).sorted())
    case .handbook:
      return strings(dataset.kind == .instruction ? ["instruction", "output"] : ["chosen", "prompt", "rejected"])
    case .chatml: return strings(dataset.kind == .instruction ? ["text"] : ["chosen", "prompt", "rejected"])
    case .messages:
      return lists(
        dataset.kind == .instruction ? ["messages"] : ["chosen", "prompt", "rejected"], of: ["content", "role"])
    case .sharegpt:
      let names = dataset.kind == .instruction ? ["conversations"] : ["chosen", "conversations", "rejected"]
      return lists(names, of: ["from", "value"])
    case .parquet: return sampleTable([], kind: dataset.kind, scores: [:]).flatMap(feature)
    }
  }

  private func strings(_ names: [String]) -> [String] { names.flatMap { ["  - name: \($0)", "    dtype: string"] } }

  private func lists(_ names: [String], of fields: [String]) -> [String] {
    names.flatMap { name in
      ["  - name: \(name)", "    list:"] + fields.flatMap { ["    - name: \($0)", "      dtype: string"] }
    }
  }

  private func feature(_ column: ParquetColumn) -> [String] {
    let type =
      switch column.values {
      case .strings: "string"
      case .integers: "int64"
      case .doubles: "float64"
      case .booleans: "bool"
      }
    return ["  - name: \(column.name)", "    dtype: \(type)"]
  }
}

/// A text as a JSON string.
private func jsonText(_ text: String) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = .withoutEscapingSlashes
  return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
}
