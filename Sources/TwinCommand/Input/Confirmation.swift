import ArgumentParser
import Foundation

/// The question before something that cannot be undone.
enum Confirmation {
  /// Shows what would go and asks; ends the command unless the answer is yes.
  ///
  /// - Parameters:
  ///   - question: what is asked.
  ///   - advice: what to give on the command line where nobody can be asked.
  ///   - refusal: what is said when the answer is no.
  ///   - preview: says what would go.
  static func ask(
    _ question: String, advice: String, refusal: String = "nothing was deleted",
    preview: () async throws -> String
  ) async throws {
    guard StandardStreams.inputIsTerminal, StandardStreams.errorIsTerminal else {
      StandardStreams.printError("twin: there is no terminal to ask on: \(advice).")
      throw ExitStatus.usage.code
    }
    StandardStreams.printError(try await preview())
    StandardStreams.drawError("\(question) [y/N] ")
    let answer = try await TerminalReader.line().trimmingCharacters(in: .whitespaces).lowercased()
    guard ["y", "yes"].contains(answer) else {
      StandardStreams.printError("twin: \(refusal).")
      throw ExitStatus.couldNotRun.code
    }
  }
}
