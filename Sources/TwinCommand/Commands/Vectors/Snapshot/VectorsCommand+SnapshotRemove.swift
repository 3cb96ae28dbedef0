import ArgumentParser
import Pipelines

extension VectorsCommand.Snapshot {
  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Has the server remove snapshots; the store itself stays as it is.",
      discussion: """
        configs/production.yaml is for the servers that `docker compose up -d` starts.

        EXAMPLE
          twin vectors snapshot remove --keep 3 --yes --config configs/production.yaml
        """)

    @Argument(help: ArgumentHelp("The snapshots, as `list` shows them.", valueName: "name")) var names: [String] = []
    @Option(help: ArgumentHelp("All but so many of the newest of each collection; 0 for all.", valueName: "number"))
    var keep: Int?
    @Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON document: the snapshots that were removed.") var json = false

    func validate() throws {
      guard names.isEmpty == (keep != nil) else {
        throw ValidationError("Name snapshots, or give --keep and how many of each collection stay.")
      }
      if let keep, keep < 0 { throw ValidationError("--keep takes a number from 0, not \(keep).") }
    }

    func run() async throws {
      let vectors = try await Stores(try configuration.load()).existingVectors()
      let all = try await vectors.snapshots()
      let chosen = if let keep { all.allButNewest(keep) } else { try all.named(names) }
      if chosen.isEmpty {
        if json { return try printJSON(chosen) }
        return StandardStreams.printOutput("\(vectors.location): no such snapshots")
      }
      if !yes {
        try await Confirmation.ask(
          "Remove these snapshots?", advice: "give --yes to remove what `twin vectors snapshot list` shows",
          refusal: "nothing was removed"
        ) { snapshotsText(chosen) }
      }
      try await vectors.remove(chosen)
      if json { return try printJSON(chosen) }
      StandardStreams.printOutput("removed:\n\(snapshotsText(chosen))")
    }
  }
}
