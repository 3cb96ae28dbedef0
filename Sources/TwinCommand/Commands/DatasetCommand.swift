import ArgumentParser
import Pipelines

struct DatasetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset",
    abstract: "Makes fine-tuning pairs from the cleaned documents.",
    discussion: """
      The sets go to <output>/<kind>/<format>.train.jsonl and .test.jsonl, with the provenance of every pair beside them. Train and test never share a document.

      EXAMPLE
        twin dataset --config configs/sample.yaml
      """)

  @OptionGroup var options: PipelineOptions

  func run() async throws { try await options.run([.dataset]) }
}
