import ArgumentParser
import Pipelines

struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Shows the configuration.",
    discussion: """
      EXAMPLE
        twin config show --config configs/sample.yaml
      """,
    subcommands: [Show.self],
    defaultSubcommand: Show.self)

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints every value with its origin; secrets are hidden.",
      discussion: """
        EXAMPLE
          twin config show --config configs/sample.yaml
        """)

    @OptionGroup var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
      let settings = try configuration.load().resolved
      if json { return try printJSON(settings) }
      StandardStreams.printOutput(
        table(settings.map { [$0.key, $0.value, $0.origin] }, header: ["KEY", "VALUE", "ORIGIN"]))
    }
  }
}
