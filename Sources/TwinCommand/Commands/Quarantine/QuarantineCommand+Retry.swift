import ArgumentParser
import Pipelines

extension QuarantineCommand {
  struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tries items that failed again, and nothing else.",
      discussion: """
        Runs the pipelines of the items, restricted to them. The exit code is that of a run: 3 when some fail again.

        EXAMPLE
          twin quarantine retry --config configs/sample.yaml
        """)

    @Argument(help: "The identifiers, or beginnings of them; all items when none is named.") var ids: [String] = []
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      let configuration = try configuration.load()
      var entries = ids.isEmpty ? configuration.quarantine.list() : try ids.map(configuration.quarantine.find)
      var seen: Set<String> = []
      entries = entries.filter { seen.insert($0.id).inserted }
      for entry in entries where entry.pipeline == ImportPipeline.recordedName && entry.item == nil {
        StandardStreams.printError("twin: an import that failed as a whole is tried again by `twin warehouse import`")
      }
      var records: [RunRecord] = []
      if !entries.isEmpty {
        var runner = PipelineRunner(Stores(configuration))
        runner.observer = ProgressDisplay(output)
        records = try await runner.retry(entries)
      } else if !output.json && !output.quiet {
        StandardStreams.printOutput("nothing is in quarantine")
      }
      if output.json { try printJSON(records) }
      var teller = RunTeller(output: output, notices: configuration.notices)
      for record in records { teller.tell(record) }
      try endAsWorst(of: records)
    }
  }
}
