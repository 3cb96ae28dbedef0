import ArgumentParser
import Pipelines

extension RunsCommand {
  struct Prune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Removes the records of old runs.",
      discussion: """
        Runs that are under way stay, and so do those with the last record of an artifact, from which the numbers of its \
        versions go on. What the runs made stays where it is.

        EXAMPLE
          twin runs prune --keep 50 --dry-run --config configs/sample.yaml
        """)

    @Option(help: "How many runs of each pipeline stay, the newest.") var keep: Int
    @Option(help: "Only runs of this pipeline.") var pipeline: PipelineName?
    @Flag(help: "Only say what would be removed.") var dryRun = false
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON document.") var json = false

    func validate() throws {
      guard keep >= 0 else { throw ValidationError("--keep must not be negative.") }
    }

    func run() async throws {
      let store = try configuration.load().runStore
      let result = try store.prune(keep: keep, pipeline: pipeline?.rawValue, dryRun: dryRun)
      if json { return try printJSON(result) }
      let verb = dryRun ? "would be removed" : "removed"
      StandardStreams.printOutput("\(counted(result.removed.count, "run")) \(verb)")
      if dryRun { for id in result.removed { StandardStreams.printOutput("  \(id)") } }
      if !result.needed.isEmpty {
        let runs = counted(result.needed.count, "older run")
        StandardStreams.printOutput("\(runs) kept for the last record of an artifact")
      }
      if !result.running.isEmpty {
        StandardStreams.printOutput("\(counted(result.running.count, "older run")) under way")
      }
    }
  }
}
