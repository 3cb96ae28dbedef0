import ArgumentParser
import Pipelines

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Shows what a pipeline would do; nothing is changed.",
    discussion: """
      Reads what the pipeline would read and looks into the cache; makes, writes and deletes nothing. The pipelines' \
      own --dry-run does the same.

      EXAMPLE
        twin plan features --config configs/sample.yaml
      """)

  @Argument(help: "The pipeline: \(PipelineName.allCases.map(\.rawValue).joined(separator: ", ")).")
  var pipeline: String
  @OptionGroup var options: SelectionOptions
  @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
  @Flag(help: "Print one JSON document.") var json = false

  func validate() throws { _ = try PipelineName(named: pipeline) }

  func run() async throws {
    let runner = options.runner(Stores(try configuration.load()))
    let pipeline = try PipelineName(named: pipeline)
    let preview = PricedPreview(
      preview: try await runner.preview(pipeline),
      price: pipeline == .dataset ? try await runner.datasetPrice() : nil)
    if json { return try printJSON(preview) }
    StandardStreams.printOutput(preview.text)
  }
}
