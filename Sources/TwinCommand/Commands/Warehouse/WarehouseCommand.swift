import ArgumentParser
import Pipelines

struct WarehouseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "warehouse",
    abstract: "Looks into the warehouse; imports, exports and copies it.",
    discussion: """
      EXAMPLE
        twin warehouse stats --config configs/sample.yaml
      """,
    subcommands: [Stats.self, Import.self, Export.self, Copy.self],
    defaultSubcommand: Stats.self)
}

extension ConfigurationOptions {
  /// Opens the warehouse of the configuration.
  func warehouse() async throws -> Warehouse {
    try await Stores(try load()).warehouse()
  }
}
