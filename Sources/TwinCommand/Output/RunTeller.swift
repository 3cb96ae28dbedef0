import ArgumentParser
import Pipelines

/// Tells a person how runs went.
struct RunTeller {
  let output: OutputOptions
  /// Remarks on the configuration, made with the first run that is told of.
  var notices: [String] = []

  mutating func tell(_ record: RunRecord) {
    guard isWorthTelling(record) else { return }
    for notice in notices { StandardStreams.printError("note: \(notice)") }
    notices = []
    if !output.json { StandardStreams.printOutput(summary(of: record, verbose: output.verbose)) }
  }

  /// Whether anything is said of a run: of an unchanged one only on a terminal, and then not when asked to be quiet.
  private func isWorthTelling(_ record: RunRecord) -> Bool {
    if record.status != .unchanged || output.verbose { return true }
    return !output.quiet && (StandardStreams.errorIsTerminal || StandardStreams.outputIsTerminal)
  }
}

/// Ends the command with the exit code of the worst of its runs; returns if all is well.
func endAsWorst(of records: [RunRecord]) throws {
  if records.contains(where: { $0.status == .failed }) { throw ExitStatus.couldNotRun.code }
  if records.contains(where: { $0.status == .cancelled }) { throw ExitStatus.interrupted.code }
  if records.contains(where: { $0.status == .partial }) { throw ExitStatus.partial.code }
}
