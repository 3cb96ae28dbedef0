import ArgumentParser
import Pipelines

extension RunsCommand {
  struct Why: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says why a step of a run ran, or did not have to.",
      discussion: """
        \(runReferenceHelp)

        EXAMPLE
          twin runs why latest:features chunks --config configs/sample.yaml
        """)

    @Argument(help: "The run: an identifier, the beginning of one, or `latest`.") var id: String
    @Argument(help: "The step.") var step: String
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
      let store = try configuration.load().runStore
      let explanation = try store.explain(step, in: try store.run(named: id))
      if json { return try printJSON(explanation) }
      StandardStreams.printOutput(explanation.description)
    }
  }
}
