import ArgumentParser
import Pipelines

extension RunsCommand {
  struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compares two runs: configuration, code, counts, artifacts, metadata, failures.",
      discussion: """
        \(runReferenceHelp)

        EXAMPLE
          twin runs diff latest~1:etl latest:etl --config configs/sample.yaml
        """)

    @Argument(help: "The one run.") var before = "previous"
    @Argument(help: "The other run.") var after = "latest"
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
      let store = try configuration.load().runStore
      let comparison = RunComparison(try store.run(named: before), try store.run(named: after))
      if json { return try printJSON(comparison) }
      StandardStreams.printOutput(comparison.description)
    }
  }
}
