import ArgumentParser
import Foundation
import Pipelines

extension RunsCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists runs, the newest first.",
      discussion: """
        A run that was killed shows as interrupted.

        EXAMPLE
          twin runs list --pipeline features --config configs/sample.yaml
        """)

    @Option(help: "Only runs of this pipeline.") var pipeline: PipelineName?
    @Option(help: "Only runs that went so.") var status: RunStatus?
    @Option(help: "The most runs.") var limit = 20
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON array.") var json = false

    func validate() throws {
      guard limit > 0 else { throw ValidationError("--limit must be at least 1.") }
    }

    func run() async throws {
      let store = try configuration.load().runStore
      // A status is known only once a record is read, and so all are.
      let (runs, unreadable) = store.list(limit: status == nil ? limit : nil, pipeline: pipeline?.rawValue)
      for folder in unreadable { StandardStreams.printError("twin: \(folder.reason)") }
      let shown = Array(runs.filter { status == nil || $0.status == status }.prefix(limit))
      if json { return try printJSON(shown) }
      if shown.isEmpty {
        return StandardStreams.printOutput(runs.isEmpty ? "there are no runs yet" : "there are no such runs")
      }
      let rows = shown.map { run in
        [
          run.runID, run.pipeline, run.status.rawValue, run.started.formatted(.iso8601),
          run.ended == nil ? "" : readableDuration(run.seconds), changes(run),
        ]
      }
      StandardStreams.printOutput(table(rows, header: ["RUN", "PIPELINE", "STATUS", "STARTED", "TOOK", ""]))
    }

    private func changes(_ run: RunRecord) -> String {
      var parts: [String] = []
      if !run.failures.isEmpty { parts.append(counted(run.failures.count, "failure")) }
      let warnings = run.warnings.count + run.steps.reduce(0) { $0 + $1.warnings.count }
      if warnings > 0 { parts.append(counted(warnings, "warning")) }
      return parts.joined(separator: ", ")
    }
  }
}
