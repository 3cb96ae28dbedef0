import ArgumentParser
import Pipelines

extension VectorsCommand.Snapshot {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the snapshots of the collections that searches find, the newest first.",
      discussion: """
        configs/production.yaml is for the servers that `docker compose up -d` starts.

        EXAMPLE
          twin vectors snapshot list --config configs/production.yaml
        """)

    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
      let vectors = try await Stores(try configuration.load()).existingVectors()
      let snapshots = try await vectors.snapshots()
      if json { return try printJSON(snapshots) }
      StandardStreams.printOutput(
        snapshots.isEmpty
          ? "\(vectors.location): no snapshots; `twin vectors snapshot create` makes them" : snapshotsText(snapshots))
    }
  }
}
