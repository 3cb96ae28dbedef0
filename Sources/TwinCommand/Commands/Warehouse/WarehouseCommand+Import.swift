import ArgumentParser
import Pipelines

extension WarehouseCommand {
  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Imports files of documents.",
      discussion: """
        Takes what `twin warehouse export` writes, mongoexport's JSON lines or arrays, and the raw-data files of the LLM \
        Engineers Handbook. The file's name tells the collection (articles.jsonl, ArticleDocument.json), unless \
        --collection does. Identifiers are kept, and importing twice changes nothing.

        A bad row does not end the import: it goes into quarantine, where `twin quarantine retry` tries it again, and the \
        exit code is 3. An import that was interrupted goes on where it stopped when it is started again with the same \
        file.

        EXAMPLE
          twin etl --config configs/sample.yaml
          twin warehouse export --output backup --config configs/sample.yaml
          twin warehouse import backup/*.jsonl --config configs/sample.yaml
        """)

    @Argument(help: "The files; - for standard input.", completion: .file()) var files: [String]
    @Option(help: "The collection: users, posts, articles, repositories, or one of your own.")
    var collection: String?
    @Flag(help: "Begin each file at its beginning, however far an earlier import came.") var restart = false
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
      if files.isEmpty { throw ValidationError("name the files to import, or - for standard input.") }
      if files.contains("-"), collection == nil {
        throw ValidationError("standard input has no name that would tell its collection: give --collection.")
      }
      if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be read once only.") }
    }

    func run() async throws {
      let configuration = try configuration.load()
      var runner = PipelineRunner(Stores(configuration))
      runner.observer = ProgressDisplay(output)
      let (record, reports) = try await runner.importFiles(files, collection: collection, restarts: restart)
      for report in reports { tell(report) }
      for failure in record.failures where failure.item == nil { StandardStreams.printError("twin: \(failure.error)") }
      for warning in record.warnings { StandardStreams.printError("twin: \(warning)") }
      if output.json { try printJSON(reports) }
      try endAsWorst(of: [record])
    }

    /// Whether files are told of that brought nothing: on a terminal, unless asked to be quiet.
    private var showsUnchanged: Bool {
      output.verbose || !output.quiet && (StandardStreams.errorIsTerminal || StandardStreams.outputIsTerminal)
    }

    private func tell(_ report: ImportReport) {
      for failure in report.failures { StandardStreams.printError("twin: \(failure)") }
      let hidden = report.failed - report.failures.count
      if hidden > 0 {
        StandardStreams.printError(
          "twin: \(report.path): \(counted(hidden, "more row")) failed: \(report.otherFailedRows)")
      }
      if output.json || report.rows == report.unchanged && !showsUnchanged { return }
      let earlier =
        report.resumedAfter > 0 ? " (\(counted(report.resumedAfter, "row")) of them by an interrupted import)" : ""
      StandardStreams.printOutput(
        "\(report.path) -> \(report.collection): \(report.inserted) new, \(report.updated) updated, "
          + "\(report.unchanged) unchanged, \(report.failed) failed\(earlier)")
    }
  }
}
