import ArgumentParser
import Foundation
import Pipelines

extension VectorsCommand {
  struct Copy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copies a vector store to another, and compares both afterwards.",
      discussion: """
        Documents and chunks go over with their vectors; nothing is embedded. Each document takes the place of the one of \
        its identifier, and what else the target has stays. A target with vectors of another model keeps them until the \
        copy is complete and compared; it must not have documents that the source does not.

        The comparison is of what is read back from both sides: number and SHA-256 of documents and chunks, and each \
        vector. If they are not the same, the exit code is 1; it is 3 if the source has documents that cannot be copied, \
        since they are incomplete or damaged there. To copy again completes an interrupted copy. Nothing of twin's writes to \
        a target file meanwhile; if something does already, the exit code is 75. See to that yourself where the target is \
        a server, as in --to http://localhost:6333 --to-key-variable QDRANT_API_KEY.

        EXAMPLE
          twin run --config configs/sample.yaml
          twin vectors copy --from sqlite:data/twin.sqlite --to sqlite:data/backup.sqlite
        """)

    @Option(help: "Where the vectors are: sqlite:PATH or Qdrant's http(s)://….") var from: String
    @Option(help: "Where they go: sqlite:PATH or Qdrant's http(s)://….") var to: String
    @Option(help: ArgumentHelp("The environment variable with the source's API key.", valueName: "name"))
    var fromKeyVariable: String?
    @Option(help: ArgumentHelp("The environment variable with the target's API key.", valueName: "name"))
    var toKeyVariable: String?
    @Option(help: "What the names of the source's collections begin with.") var fromPrefix = ""
    @Option(help: "What the names of the target's collections begin with.") var toPrefix = ""
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
      for (option, variable, store) in [
        ("--from-key-variable", fromKeyVariable, from), ("--to-key-variable", toKeyVariable, to),
      ] where variable != nil && store.lowercased().hasPrefix("sqlite:") {
        throw ValidationError("\(option) is for Qdrant: \(store) is a file, which needs no key.")
      }
    }

    func run() async throws {
      let http = HTTPClient(
        configuration: try HTTPClientConfiguration(environment: ProcessInfo.processInfo.environment))
      let source = try await VectorStore.open(
        existing: from, apiKey: try key(fromKeyVariable), http: http, prefix: fromPrefix)
      let targetKey = try key(toKeyVariable)
      let progress = TransferDisplay("copy", output)
      defer { progress.end() }
      let report = try await StoreLock(to).holdAlone {
        let target = try await VectorStore.open(to, apiKey: targetKey, http: http, prefix: toPrefix)
        return try await source.copy(to: target) { progress.show($0) }
      }
      progress.end()
      if output.json {
        try printJSON(report)
      } else if !output.quiet || !report.isVerified {
        StandardStreams.printOutput(copyText(report))
      }
      for category in report.categories {
        for failure in category.failures { StandardStreams.printError("twin: \(failure.id): \(failure.reason)") }
      }
      if !report.isVerified { throw ExitStatus.couldNotRun.code }
      if report.failed > 0 { throw ExitStatus.partial.code }
    }

    private func key(_ variable: String?) throws -> String? {
      guard let variable else { return nil }
      guard let key = ProcessInfo.processInfo.environment[variable], !key.isEmpty else {
        throw ValidationError("the environment variable \(variable), which should have an API key, is not set.")
      }
      return key
    }

    private func copyText(_ report: VectorCopyReport) -> String {
      var rows: [[String]] = []
      for category in report.categories {
        let name = category.category.rawValue
        let left = cell(category.failed + category.incomplete)
        let counts = [String(category.inserted), String(category.updated), String(category.unchanged), left]
        rows.append(row("cleaned_\(name)", category.documents, counts))
        rows.append(row("embedded_\(name)", category.chunks, ["", "", "", ""]))
      }
      let header = [
        "COLLECTION", "COUNT", "NEW", "UPDATED", "UNCHANGED", "LEFT OUT", "OTHERS", "SHA-256", "BOTH SIDES",
      ]
      let title = "\(report.source) -> \(report.target): vectors of \(report.model.name)"
      return ([title, table(rows, header: header)] + remarks(report)).joined(separator: "\n")
    }

    private func row(_ name: String, _ verification: CopyVerification, _ counts: [String]) -> [String] {
      let result = verification.isSound ? "the same" : counted(verification.differences, "difference")
      let (others, hash) = (cell(verification.others), String(verification.sourceHash.prefix(12)))
      return [name, String(verification.sourceCount)] + counts + [others, hash, result]
    }

    private func remarks(_ report: VectorCopyReport) -> [String] {
      var lines: [String] = []
      for category in report.categories {
        let differing = category.documents.differing + category.chunks.differing
        guard !differing.isEmpty else { continue }
        lines.append("\(category.category.rawValue) differ: \(differing.joined(separator: ", "))")
      }
      let largest = report.categories.map(\.largestVectorDifference).max() ?? 0
      if largest > 0 { lines.append("vectors: rounded by the target, by \(largest) at most") }
      if let former = report.previousModel {
        lines.append(
          report.isActive
            ? "they take the place of the vectors of \(former.name)"
            : "searches of the target still find the vectors of \(former.name), since the copy is not complete")
      }
      if report.categories.contains(where: { $0.documents.others > 0 || $0.chunks.others > 0 }) {
        lines.append("others: what only the target has; it stays, and is not compared")
      }
      let leftOut = report.categories.reduce(0) { $0 + $1.incomplete }
      if leftOut > 0 { lines.append("\(counted(leftOut, "document")) left out: incomplete in the source") }
      return lines
    }
  }
}
