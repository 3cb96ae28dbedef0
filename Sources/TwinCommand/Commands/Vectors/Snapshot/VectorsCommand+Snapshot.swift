import ArgumentParser
import Pipelines

extension VectorsCommand {
  struct Snapshot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes, lists, restores and removes the snapshots that Qdrant keeps of the store.",
      discussion: """
        A snapshot is a copy of one collection on the server's own disk. Of the embedded store, which is one file, copy \
        that file while nothing writes to it, or give `twin vectors copy` another file.

        configs/production.yaml is for the servers that `docker compose up -d` starts.

        EXAMPLE
          twin vectors snapshot create --config configs/production.yaml
          twin vectors snapshot restore --newest --config configs/production.yaml
        """,
      subcommands: [Create.self, List.self, Restore.self, Remove.self],
      defaultSubcommand: List.self)
  }
}

/// Snapshots as a table.
func snapshotsText(_ snapshots: [CollectionSnapshot]) -> String {
  let rows = snapshots.map { snapshot in
    let kind = snapshot.kind == .cleaned ? "documents" : "chunks"
    return [
      snapshot.name, "\(snapshot.category.rawValue), \(kind)", readableSize(snapshot.size), snapshot.createdAt ?? "",
    ]
  }
  return table(rows, header: ["SNAPSHOT", "OF", "SIZE", "MADE (UTC)"])
}
