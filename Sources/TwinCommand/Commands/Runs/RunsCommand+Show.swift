import ArgumentParser
import Pipelines

extension RunsCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows one run: its steps, artifacts, warnings, usage and failures.",
      discussion: """
        \(runReferenceHelp)

        EXAMPLE
          twin runs show latest --html run.html --config configs/sample.yaml
        """)

    @Argument(help: "The run: an identifier, the beginning of one, or `latest`.") var id = "latest"
    @Option(
      help: ArgumentHelp("Write one page with the graph, the times and all else to a file.", valueName: "file"),
      completion: .file(extensions: ["html"]))
    var html: String?
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print the record as JSON.") var json = false

    func run() async throws {
      let record = try configuration.load().runStore.run(named: id)
      if let html {
        try await writeResult(RunPage(record, graph: picture(of: record)).html, to: html)
        if !json && html != "-" { StandardStreams.printError("wrote \(html)") }
        if html == "-" { return }
      }
      if json { return try printJSON(record) }
      if html == nil { StandardStreams.printOutput(report(on: record)) }
    }

    /// The graph of what ran; a pipeline that this program does not know is drawn from what its record says.
    private func picture(of record: RunRecord) -> GraphPicture? {
      guard let pipeline = PipelineName(rawValue: record.pipeline) else { return nil }
      return try? GraphPicture(pipeline.signatures, title: record.pipeline, record: record)
    }
  }
}
