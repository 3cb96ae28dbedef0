import ArgumentParser
import Pipelines

struct EtlCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "etl",
    abstract: "Crawls the sources into the warehouse.",
    discussion: """
      Each document is stored once, by its link, and updated when it changed. What a repository or a folder no longer has, or the web (404, 410), is marked as gone, and `twin features` deletes what came of it. A source that fails goes to quarantine; the others are done.

      EXAMPLE
        twin etl --config configs/sample.yaml
      """)

  @OptionGroup var options: PipelineOptions

  func run() async throws { try await options.run([.etl]) }
}
