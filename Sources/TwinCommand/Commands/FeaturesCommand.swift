import ArgumentParser
import Pipelines

struct FeaturesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Cleans, cuts and embeds documents into the vector store.",
    discussion: """
      Only documents that changed since the last run are done; what the warehouse no longer has is deleted from the vector store.

      EXAMPLE
        twin features --config configs/sample.yaml
      """)

  @OptionGroup var options: PipelineOptions

  func run() async throws { try await options.run([.features]) }
}
