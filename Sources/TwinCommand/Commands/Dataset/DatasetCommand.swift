import ArgumentParser
import Foundation
import Pipelines

struct DatasetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset",
    abstract: "Makes fine-tuning pairs from the cleaned documents, and tells about written sets.",
    discussion: """
      The sets go to <output>/<kind>/, with a card, the provenance of every pair, and what was rejected and why. Train \
      and test never share a document, an instruction or an answer. `make` is meant when nothing is said: \
      `twin dataset make --help` has its options.

      EXAMPLE
        twin dataset --config configs/sample.yaml
      """,
    subcommands: [Make.self, Show.self, Stats.self, Diff.self],
    defaultSubcommand: Make.self)
}
