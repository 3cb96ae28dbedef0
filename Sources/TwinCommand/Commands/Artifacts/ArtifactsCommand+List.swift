import ArgumentParser
import Foundation
import Pipelines

extension ArtifactsCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the versions of artifacts, the newest first.",
      discussion: """
        A version is new when the content is.

        EXAMPLE
          twin artifacts list --pipeline features --config configs/sample.yaml
        """)

    @Option(help: "Only what the step of this name made.") var name: String?
    @Option(help: "Only what this pipeline made.") var pipeline: PipelineName?
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON array.") var json = false

    func run() async throws {
      let store = try configuration.load().runStore
      let artifacts = store.artifacts(name: name, pipeline: pipeline?.rawValue)
      if artifacts.isEmpty, let name {
        // Says which names there are near it.
        _ = try store.artifact(named: name, pipeline: pipeline?.rawValue)
      }
      if json { return try printJSON(artifacts) }
      if artifacts.isEmpty { return StandardStreams.printOutput("there are no artifacts yet") }
      let rows = artifacts.map { artifact in
        [
          "\(artifact.name)@\(artifact.version)", artifact.pipeline, artifact.type,
          artifact.count.map(String.init) ?? "", artifact.bytes.map(readableSize) ?? "",
          artifact.created.map { $0.formatted(.iso8601) } ?? "", artifact.isStored ? "stored" : "",
          String(artifact.id.prefix(12)),
        ]
      }
      StandardStreams.printOutput(
        table(rows, header: ["ARTIFACT", "PIPELINE", "TYPE", "COUNT", "SIZE", "CREATED", "VALUE", "ID"]))
    }
  }
}
