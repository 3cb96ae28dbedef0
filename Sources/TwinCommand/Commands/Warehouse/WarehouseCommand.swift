import ArgumentParser
import Pipelines

struct WarehouseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "warehouse",
    abstract: "Looks into the warehouse; imports, exports and copies it.",
    discussion: """
      EXAMPLE
        twin etl --config configs/sample.yaml
        twin warehouse stats --config configs/sample.yaml
      """,
    subcommands: [Stats.self, Import.self, Export.self, Copy.self],
    defaultSubcommand: Stats.self)
}

/// Names the first documents that were left out, on standard error; all of them when more is to be said.
func tellFailures(
  _ failures: [FailedDocument], count: Int, of collection: String, verb: String, _ output: OutputOptions
) {
  let shown = failures.prefix(output.verbose ? failures.count : 10)
  for failure in shown {
    StandardStreams.printError("twin: \(collection) \(failure.id) is not \(verb): \(failure.reason)")
  }
  guard count > shown.count else { return }
  let more = "\(counted(count - shown.count, "more document")) of \(collection)"
  let hint = shown.count < failures.count ? " (-v or --json names \(failures.count))" : ""
  StandardStreams.printError("twin: \(more) could not be \(verb)\(hint)")
}

extension ConfigurationOptions {
  /// Opens the warehouse of the configuration to be read; it must be there.
  func warehouse() async throws -> Warehouse {
    try await Warehouse.open(existing: try load().warehouse)
  }
}
