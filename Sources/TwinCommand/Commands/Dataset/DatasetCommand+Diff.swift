import ArgumentParser
import Foundation
import Pipelines

extension DatasetCommand {
  struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tells what was added, removed and changed between two written sets.",
      discussion: """
        Samples are compared by their identifiers, and by their texts: one that was made again by another recipe has \
        another identifier and is told as renamed. Keep a copy of the folder of a set to compare it with a later one:
        cp -r data/datasets/instruction before

        EXAMPLE
          twin dataset diff before --config configs/sample.yaml
        """)

    @Argument(help: "The folder of the old set.") var old: String
    @Argument(help: "The folder of the new set; else that of the configuration.") var new: String?
    @OptionGroup var set: WrittenSetOptions
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
      let before = try WrittenDataset(folder: URL(fileURLWithPath: old))
      let after = try WrittenDataset(folder: new.map { URL(fileURLWithPath: $0) } ?? set.url())
      let difference = DatasetDifference(from: before.dataset, to: after.dataset)
      if json { return try printJSON(difference) }
      StandardStreams.printOutput(text(difference))
    }

    private func text(_ difference: DatasetDifference) -> String {
      var lines = difference.added.map { "+ \($0.id)  \($0.split)  \(line($0.instruction))" }
      lines += difference.removed.map { "- \($0.id)  \($0.split)  \(line($0.instruction))" }
      lines += difference.changed.map {
        "~ \($0.id)  \($0.fields.joined(separator: ", "))  \(line($0.instruction))"
      }
      lines += difference.renamed.map { "= \($0.new)  was \($0.old)  \(line($0.instruction))" }
      lines.append(
        "\(difference.added.count) added, \(difference.removed.count) removed, \(difference.changed.count) changed, "
          + "\(difference.renamed.count) renamed, \(difference.unchanged) unchanged")
      return lines.joined(separator: "\n")
    }

    private func line(_ text: String) -> String {
      let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
      return line.count > 80 ? line.prefix(79) + "…" : line
    }
  }
}
