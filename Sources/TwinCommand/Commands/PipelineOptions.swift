import ArgumentParser
import Foundation
import Pipelines

/// What the commands that run pipelines have in common.
struct PipelineOptions: ParsableArguments {
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(help: ArgumentHelp("Restrict the run to these authors or sources, comma-separated.", valueName: "names"))
  var only: String?

  /// Runs pipelines in order, tells how each went, and ends with the exit code of the worst.
  func run(_ pipelines: [PipelineName]) async throws {
    let configuration = try configuration.load()
    var runner = PipelineRunner(Stores(configuration))
    runner.observer = ProgressDisplay(output)
    runner.only = only?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
    var notices = configuration.notices
    var records: [RunRecord] = []
    defer { if output.json { try? printJSON(records, count: pipelines.count) } }
    for pipeline in pipelines {
      let record = try await runner.run(pipeline)
      records.append(record)
      if isWorthTelling(record) {
        for notice in notices { StandardStreams.printError("note: \(notice)") }
        notices = []
      }
      if !output.json && isWorthTelling(record) {
        StandardStreams.printOutput(summary(of: record, verbose: output.verbose))
      }
      if record.status == .failed { break }
    }
    try exit(records)
  }

  /// Whether anything is said of a run: of an unchanged one only on a terminal, and then not when asked to be quiet.
  private func isWorthTelling(_ record: RunRecord) -> Bool {
    if record.status != .unchanged || output.verbose { return true }
    return !output.quiet && (StandardStreams.errorIsTerminal || StandardStreams.outputIsTerminal)
  }

  /// Prints one summary for one pipeline and an array for several, also when a later one could not run.
  private func printJSON(_ records: [RunRecord], count: Int) throws {
    if count > 1 { return try TwinCommand.printJSON(records) }
    if let record = records.first { try TwinCommand.printJSON(record) }
  }

  private func exit(_ records: [RunRecord]) throws {
    if records.contains(where: { $0.status == .failed }) { throw ExitStatus.couldNotRun.code }
    if records.contains(where: { $0.status == .cancelled }) { throw ExitStatus.interrupted.code }
    if records.contains(where: { $0.status == .partial }) { throw ExitStatus.partial.code }
  }
}
