import ArgumentParser
import Pipelines

extension VectorsCommand.Snapshot {
  struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Puts collections back to what they were; what came after that is lost.",
      discussion: """
        With --newest all of them, each to its newest snapshot; of documents the newest that is not newer than that of \
        their chunks. Documents and chunks belong together: restore both, and the next `twin features` makes what is \
        missing or changed. If it is interrupted, restore again.

        No run of `twin features` can go on meanwhile; the exit code is 75 if there is one.

        configs/production.yaml is for the servers that `docker compose up -d` starts.

        EXAMPLE
          twin vectors snapshot restore --newest --config configs/production.yaml
          twin vectors snapshot restore --newest --yes --config configs/production.yaml
        """)

    @Argument(help: ArgumentHelp("The snapshots, as `list` shows them.", valueName: "name")) var names: [String] = []
    @Flag(help: "The newest snapshot of each collection.") var newest = false
    @Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON document: the snapshots that were restored.") var json = false

    func validate() throws {
      guard names.isEmpty == newest else {
        throw ValidationError("Name snapshots, or give --newest for the newest of each collection.")
      }
    }

    func run() async throws {
      let stores = Stores(try configuration.load())
      let all = try await stores.existingVectors().snapshots()
      let chosen = newest ? try all.newestSet() : try all.named(names)
      if !yes {
        try await Confirmation.ask(
          "Put these collections back?", advice: "give --yes to restore what `twin vectors snapshot list` shows",
          refusal: "nothing was restored"
        ) { snapshotsText(chosen) }
      }
      try await PipelineRunner(stores).restoreVectors(chosen)
      if json { return try printJSON(chosen) }
      StandardStreams.printOutput("restored:\n\(snapshotsText(chosen))")
    }
  }
}
