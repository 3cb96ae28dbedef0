import ArgumentParser
import Pipelines

extension QuarantineCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the items that failed, the latest first.",
      discussion: """
        EXAMPLE
          twin quarantine list --pipeline etl --config configs/sample.yaml
        """)

    @Option(help: "Only items of this pipeline.") var pipeline: PipelineName?
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON array.") var json = false

    func run() async throws {
      let entries = try configuration.load().quarantine.list(pipeline: pipeline?.rawValue)
      if json { return try printJSON(entries) }
      if entries.isEmpty { return StandardStreams.printOutput("nothing is in quarantine") }
      for entry in entries { StandardStreams.printOutput(quarantineText(entry)) }
    }
  }
}
