import ArgumentParser
import Pipelines

extension WarehouseCommand {
  struct Copy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copies a warehouse to another, and compares both afterwards.",
      discussion: """
        Documents go over as they are stored, each in the place of the one of its identifier; a document that cannot be \
        read, or whose link is stored under another identifier, is reported and not copied, nor is a collection that one \
        of both cannot have (exit code 3). What else the target has stays, and is not part of the comparison: number and \
        SHA-256 of the copied documents, read back from both sides. If they are not the same, the exit code is 1. To copy again completes an interrupted copy.

        EXAMPLE
          twin etl --config configs/sample.yaml
          twin warehouse copy --from sqlite:data/twin.sqlite --to sqlite:backup.sqlite
          twin warehouse copy --from sqlite:data/twin.sqlite --to mongodb://localhost:27017/twin
        """)

    @Option(help: "Where the documents are: sqlite:PATH or mongodb://….") var from: String
    @Option(help: "Where they go: sqlite:PATH or mongodb://….") var to: String
    @Option(help: "Only this collection; repeatable.") var collection: [String] = []
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      let source = try await Warehouse.open(existing: from)
      let target = try await Warehouse.open(to)
      let progress = TransferDisplay("copy", output)
      defer { progress.end() }
      var options = CopyOptions()
      options.collections = collection
      options.progress = { progress.show($0) }
      let report = try await source.copy(to: target, options: options)
      progress.end()
      if output.json {
        try printJSON(report)
      } else if !output.quiet || !report.isVerified {
        StandardStreams.printOutput(copyText(report))
      }
      for collection in report.collections {
        tellFailures(collection.failures, count: collection.failed, of: collection.name, verb: "copied", output)
      }
      for collection in report.failures {
        StandardStreams.printError("twin: \(collection.name) is not copied: \(collection.reason)")
      }
      if !report.isVerified { throw ExitStatus.couldNotRun.code }
      if report.failed > 0 || !report.failures.isEmpty { throw ExitStatus.partial.code }
    }

    private func copyText(_ report: CopyReport) -> String {
      let rows = report.collections.map { collection in
        [
          collection.name, String(collection.inserted), String(collection.updated), String(collection.unchanged),
          String(collection.failed), String(collection.verification.others),
          String(collection.verification.sourceHash.prefix(12)),
          state(of: collection.verification),
        ]
      }
      let header = ["COLLECTION", "NEW", "UPDATED", "UNCHANGED", "FAILED", "OTHERS", "SHA-256", "BOTH SIDES"]
      var lines = ["\(report.source) -> \(report.target)", table(rows, header: header)]
      for collection in report.collections where !collection.verification.isSound {
        lines.append("\(collection.name) differs: \(collection.verification.differing.joined(separator: ", "))")
      }
      if report.collections.contains(where: { $0.verification.others > 0 }) {
        lines.append("others: documents that only the target has; they stay, and are not compared")
      }
      return lines.joined(separator: "\n")
    }

    private func state(of verification: CopyVerification) -> String {
      guard verification.isSound else { return counted(verification.differences, "difference") }
      return verification.leftOut == 0 ? "the same" : "\(verification.leftOut) not copied"
    }
  }
}
