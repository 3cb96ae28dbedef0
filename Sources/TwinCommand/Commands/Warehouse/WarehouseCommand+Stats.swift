import ArgumentParser
import Pipelines

extension WarehouseCommand {
  struct Stats: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Counts documents by collection, author and platform.",
      discussion: """
        EXAMPLE
          twin etl --config configs/sample.yaml
          twin warehouse stats --config configs/sample.yaml
        """)

    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
      let statistics = try await configuration.warehouse().statistics()
      if json { return try printJSON(statistics) }
      let rows = statistics.collections.map { collection in
        [
          collection.name, String(collection.count), String(collection.gone), String(collection.bytes),
          listed(collection.authors), listed(collection.platforms),
        ]
      }
      StandardStreams.printOutput(
        table(rows, header: ["COLLECTION", "COUNT", "GONE", "BYTES", "AUTHORS", "PLATFORMS"]))
    }

    private func listed(_ counts: [String: Int]) -> String {
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
  }
}
