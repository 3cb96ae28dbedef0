import ArgumentParser
import Pipelines

struct WarehouseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "warehouse",
    abstract: "Looks into the warehouse, imports and exports it.",
    discussion: """
      EXAMPLE
        twin warehouse stats --config configs/sample.yaml
      """,
    subcommands: [Stats.self, Import.self, Export.self],
    defaultSubcommand: Stats.self)

  struct Stats: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Counts documents by collection, author and platform.",
      discussion: """
        EXAMPLE
          twin warehouse stats --config configs/sample.yaml
        """)

    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON document.") var json = false

    func run() async throws {
      let statistics = try await configuration.warehouse().statistics()
      if json { return try printJSON(statistics) }
      let rows = statistics.collections.map { collection in
        [
          collection.name, String(collection.count), String(collection.bytes), listed(collection.authors),
          listed(collection.platforms),
        ]
      }
      StandardStreams.printOutput(table(rows, header: ["COLLECTION", "COUNT", "BYTES", "AUTHORS", "PLATFORMS"]))
    }

    private func listed(_ counts: [String: Int]) -> String {
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Imports files of documents.",
      discussion: """
        Takes what `twin warehouse export` writes, mongoexport's JSON lines or arrays, and the raw-data files of the LLM
        Engineers Handbook. The file's name tells the collection (articles.jsonl, ArticleDocument.json), unless
        --collection does. Identifiers are kept, importing twice changes nothing, and a bad row does not end the import.

        EXAMPLE
          twin warehouse export --output backup --config configs/sample.yaml
          twin warehouse import backup/*.jsonl --config configs/sample.yaml
        """)

    @Argument(help: "The files.", completion: .file()) var files: [String]
    @Option(help: "The collection: users, posts, articles or repositories.") var collection: String?
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON array.") var json = false

    func run() async throws {
      let warehouse = try await configuration.warehouse()
      var reports: [ImportReport] = []
      for file in files {
        let report = try await warehouse.importFile(file, collection: collection)
        reports.append(report)
        for failure in report.failures { StandardStreams.printError("twin: \(failure)") }
        if !json {
          StandardStreams.printOutput(
            "\(report.path) -> \(report.collection): \(report.inserted) new, \(report.updated) updated, "
              + "\(report.unchanged) unchanged, \(report.failed) failed")
        }
      }
      if json { try printJSON(reports) }
      if reports.contains(where: { $0.failed > 0 }) { throw ExitStatus.partial.code }
    }
  }

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes each collection to a file of JSON lines.",
      discussion: """
        EXAMPLE
          twin warehouse export --output backup --config configs/sample.yaml
        """)

    @Option(help: "The folder; made if it does not exist.", completion: .directory) var output: String
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @Flag(help: "Print one JSON array.") var json = false

    func run() async throws {
      let report = try await configuration.warehouse().export(to: output)
      for document in report.unreadable {
        StandardStreams.printError("twin: \(document.collection) \(document.id): \(document.reason)")
      }
      if json {
        try printJSON(report.files)
      } else {
        for file in report.files {
          StandardStreams.printOutput("\(file.path): \(counted(file.count, "document")), \(file.bytes) bytes")
        }
      }
      if !report.unreadable.isEmpty { throw ExitStatus.partial.code }
    }
  }
}

extension ConfigurationOptions {
  /// Opens the warehouse of the configuration.
  fileprivate func warehouse() async throws -> Warehouse {
    try await Stores(try load()).warehouse()
  }
}
