import ArgumentParser
import Pipelines

extension WarehouseCommand {
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes each collection to a file of JSON lines.",
      discussion: """
        The files, which mongoimport reads too, have the documents as they are stored, one per line, in extended JSON: \
        relaxed, which is plain to read, or canonical, which keeps the type of every number. A file is replaced only when \
        the new one is complete, and not by an empty one. A document or a collection that cannot be read is named, and the exit code is 3.

        EXAMPLE
          twin etl --config configs/sample.yaml
          twin warehouse export --output backup --config configs/sample.yaml
        """)

    @Option(help: "The folder; made if it does not exist.", completion: .directory) var output: String
    @Option(help: "Only this collection; repeatable.") var collection: [String] = []
    @Option(help: "How values are written: relaxed or canonical.") var format = ExtendedJSONFormat.relaxed
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @OptionGroup(title: "Output") var display: OutputOptions

    func run() async throws {
      let warehouse = try await configuration.warehouse()
      let progress = TransferDisplay("export", display)
      defer { progress.end() }
      var options = ExportOptions()
      options.collections = collection
      options.format = format
      options.progress = { progress.show($0) }
      let report = try await warehouse.export(to: output, options: options)
      progress.end()
      for file in report.files {
        tellFailures(file.failures, count: file.failed, of: file.collection, verb: "exported", display)
      }
      for collection in report.failures {
        StandardStreams.printError("twin: \(collection.name) is not exported: \(collection.reason)")
      }
      if display.json {
        try printJSON(report.files)
      } else if !display.quiet {
        for file in report.files {
          StandardStreams.printOutput(
            "\(file.path): \(counted(file.count, "document")), \(file.bytes) bytes"
              + (file.failed > 0 ? "; \(counted(file.failed, "document")) not exported" : ""))
        }
      }
      if report.failed > 0 || !report.failures.isEmpty { throw ExitStatus.partial.code }
    }
  }
}
