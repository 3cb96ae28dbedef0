import ArgumentParser
import Pipelines

/// What the commands that run pipelines have in common.
struct PipelineOptions: ParsableArguments {
  @OptionGroup var selection: SelectionOptions
  @Flag(help: "Only show what would be done, as `twin plan` does; nothing is changed.")
  var dryRun = false
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  /// Runs pipelines in order, tells how each went, and ends with the exit code of the worst.
  ///
  /// - Parameter budget: what may be spent on a language model; nil for any amount.
  func run(_ pipelines: [PipelineName], budget: Budget? = nil) async throws {
    let configuration = try configuration.load()
    var runner = selection.runner(Stores(configuration))
    runner.budget = budget
    if dryRun { return try await preview(pipelines, runner) }
    runner.observer = ProgressDisplay(output, isUnchangedLikely: !selection.noCache)
    var teller = RunTeller(output: output, notices: configuration.notices)
    var records: [RunRecord] = []
    // What ran is told also when a later one could not.
    defer { if output.json { try? printJSON(records, count: pipelines.count) } }
    for pipeline in pipelines {
      let record = try await runner.run(pipeline)
      records.append(record)
      teller.tell(record)
      if record.status == .failed { break }
    }
    try endAsWorst(of: records)
  }

  private func preview(_ pipelines: [PipelineName], _ runner: PipelineRunner) async throws {
    var previews: [PricedPreview] = []
    for pipeline in pipelines {
      let preview = PricedPreview(
        preview: try await runner.preview(pipeline),
        price: pipeline == .dataset ? try await runner.datasetPrice() : nil)
      previews.append(preview)
      if !output.json { StandardStreams.printOutput(preview.text) }
    }
    if output.json {
      if pipelines.count == 1, let preview = previews.first { return try TwinCommand.printJSON(preview) }
      try TwinCommand.printJSON(previews)
    }
  }

  /// Prints one summary for one pipeline and an array for several.
  private func printJSON(_ records: [RunRecord], count: Int) throws {
    if count > 1 { return try TwinCommand.printJSON(records) }
    if let record = records.first { try TwinCommand.printJSON(record) }
  }
}
