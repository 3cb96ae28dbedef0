import ArgumentParser
import Pipelines

extension VectorsCommand.Snapshot {
  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Has the server copy each collection that searches find.",
      discussion: """
        Documents are copied before their chunks, so that what a run writes meanwhile is made again by the next \
        `twin features` after a restore.

        configs/production.yaml is for the servers that `docker compose up -d` starts.

        EXAMPLE
          twin vectors snapshot create --config configs/production.yaml
        """)

    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON document: the snapshots that were made.") var json = false

    func run() async throws {
      let vectors = try await Stores(try configuration.load()).existingVectors()
      let made = try await vectors.makeSnapshots()
      if json { return try printJSON(made) }
      StandardStreams.printOutput(
        made.isEmpty ? "\(vectors.location): empty; `twin features` fills it" : snapshotsText(made))
    }
  }
}
