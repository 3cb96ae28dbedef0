import ArgumentParser
import Foundation
import Pipelines

struct RunsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "Lists and shows the records of runs.",
    discussion: """
      EXAMPLE
        twin runs list --config configs/sample.yaml
      """,
    subcommands: [List.self, Show.self],
    defaultSubcommand: List.self)

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists runs, the newest first.",
      discussion: """
        EXAMPLE
          twin runs list --config configs/sample.yaml
        """)

    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Option(help: "The most runs.") var limit = 20
    @Flag(help: "Print one JSON array.") var json = false

    func validate() throws {
      guard limit > 0 else { throw ValidationError("--limit must be at least 1.") }
    }

    func run() async throws {
      let store = try configuration.load().runStore
      let (runs, unreadable) = store.list()
      for folder in unreadable {
        StandardStreams.printError("twin: \(folder.name): \(folder.reason)")
      }
      let shown = Array(runs.prefix(limit))
      if json { return try printJSON(shown) }
      let rows = shown.map { run in
        [
          run.runID, run.pipeline, run.status.rawValue, run.started.formatted(.iso8601),
          readableDuration(run.seconds), String(run.failures.count),
        ]
      }
      StandardStreams.printOutput(table(rows, header: ["RUN", "PIPELINE", "STATUS", "STARTED", "TOOK", "FAILURES"]))
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows one run: its steps, artifacts and failures.",
      discussion: """
        The identifier may be cut short as long as it names one run; `latest` is the newest.

        EXAMPLE
          twin runs show latest --config configs/sample.yaml
        """)

    @Argument(help: "The run's identifier, the beginning of it, or `latest`.") var id: String
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print the record as JSON.") var json = false

    func run() async throws {
      let store = try configuration.load().runStore
      let record: RunRecord
      if id == "latest" {
        guard let newest = store.list().runs.first else {
          StandardStreams.printError("twin: there are no runs in \(store.folder.path) yet; `twin etl` makes the first.")
          throw ExitStatus.couldNotRun.code
        }
        record = newest
      } else {
        record = try store.load(id)
      }
      if json { return try printJSON(record) }
      StandardStreams.printOutput(summary(of: record, verbose: true))
      let artifacts = record.artifacts.map { artifact in
        [
          "  " + artifact.name, "v\(artifact.version)", artifact.type, artifact.count.map(String.init) ?? "",
          artifact.bytes.map { "\($0) bytes" } ?? "",
        ]
      }
      if !artifacts.isEmpty {
        StandardStreams.printOutput(table(artifacts, header: ["  artifact", "version", "type", "count", "size"]))
      }
    }
  }
}
