import ArgumentParser
import Pipelines

extension VectorsCommand {
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks that every chunk has its document, and every document its chunks.",
      discussion: """
        Also that each chunk's text is the bytes of its document that it says and its vector one of unit length, which \
        --references leaves out; that links between duplicates lead somewhere; and, if the warehouse is there, which \
        documents that has that the store does not, or the reverse. The warehouse is only read.

        --mend deletes chunks without a document, and marks documents whose chunks are missing or damaged, so that the next \
        `twin features` makes them again.

        The exit code is 0 if the store is sound, 3 if what was wrong is mended or left to the next `twin features`, \
        and 1 if it is not sound. What differs from the warehouse is not an error: `twin features` is for that.

        EXAMPLE
          twin vectors verify --config configs/sample.yaml
          twin vectors verify --mend --config configs/sample.yaml
        """)

    @Flag(help: "Put right what is wrong.") var mend = false
    @Flag(help: "Look only whether documents and chunks have each other; texts and vectors are not read.")
    var references = false
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      let runner = PipelineRunner(Stores(try configuration.load()))
      let progress = TransferDisplay("verify", output)
      defer { progress.end() }
      let verification = try await runner.verifyVectors(references ? .references : .contents, mends: mend) {
        progress.show($0)
      }
      progress.end()
      if output.json {
        try printJSON(verification)
      } else if !output.quiet || !verification.isSound {
        StandardStreams.printOutput(text(verification))
      }
      if verification.hasDamage { throw ExitStatus.couldNotRun.code }
      if !verification.isSound { throw ExitStatus.partial.code }
    }

    /// How many identifiers of a kind are shown; --json has them all.
    private static let shown = 10

    private func text(_ verification: VectorsVerification) -> String {
      var lines = report(verification.store, on: verification.location)
      if let change = verification.change { lines += report(change, on: "the change of the model under way") }
      if let warehouse = verification.warehouse { lines += report(warehouse) }
      if let problem = verification.warehouseProblem { lines.append("not compared with the warehouse: \(problem)") }
      return lines.joined(separator: "\n")
    }

    private func report(_ report: VerificationReport, on subject: String) -> [String] {
      let size = "\(counted(report.documents, "document")), \(counted(report.chunks, "chunk"))"
      if report.isSound { return ["\(subject): sound (\(size))"] }
      let isMended = report.isMended
      let marked = isMended ? "`twin features` makes them again" : "--mend marks them"
      var lines = ["\(subject): \(report.hasDamage ? "not sound" : "incomplete") (\(size))"]
      lines += finding(
        "chunks without their document", isMended ? "deleted" : "--mend deletes them",
        report.chunksWithoutDocument.map(\.uuidString))
      lines += finding("documents without chunks", marked, report.documentsWithoutChunks.map(\.uuidString))
      lines += finding(
        "damaged documents", marked,
        report.damagedDocuments.map { "\($0.id) (chunk \($0.chunk): \($0.reason))" })
      lines += finding(
        "documents that cannot be read", isMended ? "deleted; `twin features` makes them again" : "--mend deletes them",
        report.unreadableDocuments.map { "\($0.id) (\($0.reason))" })
      lines += finding(
        "chunks linked to one that is not there",
        isMended ? "`twin features` compares them again" : "--mend unlinks them",
        report.chunksWithBrokenLink.map(\.uuidString))
      lines += finding(
        "problems of the search index", isMended ? "made anew" : "--mend makes it anew", report.indexProblems)
      lines += finding(
        "interrupted documents", "`twin features` completes them", report.incompleteDocuments.map(\.uuidString))
      return lines
    }

    private func report(_ comparison: WarehouseComparison) -> [String] {
      var lines = finding("never made", "`twin features` makes them", comparison.missing)
      lines += finding("changed since", "`twin features` makes them again", comparison.changed)
      lines += finding("no longer in the warehouse", "`twin features` deletes them", comparison.gone)
      lines += finding(
        "no longer in the warehouse, of other authors", "`twin delete` deletes them", comparison.leftOver)
      lines += finding("unreadable in the warehouse", "`twin etl` stores them anew", comparison.unreadable)
      return ["the warehouse: \(lines.isEmpty ? "has the same documents" : "differs")"] + lines
    }

    private func finding(_ what: String, _ remedy: String, _ documents: WarehouseComparison.Documents) -> [String] {
      finding(what, remedy, documents.names, count: documents.count)
    }

    private func finding(_ what: String, _ remedy: String, _ items: [String], count: Int? = nil) -> [String] {
      let count = count ?? items.count
      guard count > 0 else { return [] }
      let more = count > Self.shown ? ["    and \(count - Self.shown) more"] : []
      return ["  \(count) \(what): \(remedy)"] + items.prefix(Self.shown).map { "    \($0)" } + more
    }
  }
}
