import ArgumentParser
import Pipelines

struct VectorsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vectors",
    abstract: "Looks into the vector store; checks, copies, drops and re-embeds it.",
    discussion: """
      EXAMPLE
        twin vectors stats --config configs/sample.yaml
      """,
    subcommands: [Stats.self, Verify.self, Copy.self, Drop.self, Migrate.self, Snapshot.self],
    defaultSubcommand: Stats.self)
}
