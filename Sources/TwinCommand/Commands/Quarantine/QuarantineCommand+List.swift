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

    @Option(
      help: "Only items of this pipeline, or of \(ImportPipeline.recordedName) or \(MigrationPipeline.recordedName).")
    var pipeline: String?
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON array.") var json = false

    func validate() throws {
      let others = [ImportPipeline.recordedName, MigrationPipeline.recordedName]
      if let pipeline, !others.contains(pipeline) { _ = try PipelineName(named: pipeline) }
    }

    func run() async throws {
      let entries = try configuration.load().quarantine.list(pipeline: pipeline)
      if json { return try printJSON(entries) }
      if entries.isEmpty { return StandardStreams.printOutput("nothing is in quarantine") }
      for entry in entries { StandardStreams.printOutput(quarantineText(entry)) }
    }
  }
}
