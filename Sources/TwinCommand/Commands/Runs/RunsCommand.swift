import ArgumentParser
import Pipelines

struct RunsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "Lists, shows, compares and explains the records of runs.",
    discussion: """
      EXAMPLE
        twin runs list --config configs/sample.yaml
      """,
    subcommands: [List.self, Show.self, Diff.self, Why.self, Prune.self],
    defaultSubcommand: List.self)
}
