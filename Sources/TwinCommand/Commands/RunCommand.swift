import ArgumentParser
import Pipelines

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs etl, features and dataset, in that order.",
    discussion: """
      A pipeline that fails as a whole ends the run; single items that fail do not. With --json it prints one array of
      three summaries.

      EXAMPLE
        twin run --config configs/sample.yaml
      """)

  @OptionGroup var options: PipelineOptions

  func run() async throws { try await options.run([.etl, .features, .dataset]) }
}
